// Rows and their parts in words, for the picture, the list and the details.

/** @import { Frame, Message, Side } from '../../src/events.ts' */
/** @import { Row } from './story.js' */

const STATUS = [
  'OK',
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

const NUMBERS = new Intl.NumberFormat('en');

/** @param {number} value */
export const number = (value) => NUMBERS.format(value);

/** @param {number} count @param {string} noun */
export const counted = (count, noun) => `${number(count)} ${noun}${count === 1 ? '' : 's'}`;

/** @param {number} milliseconds */
export function duration(milliseconds) {
  if (milliseconds < 1) return `${milliseconds.toFixed(3)} ms`;
  if (milliseconds < 100) return `${milliseconds.toFixed(1)} ms`;
  return `${number(Math.round(milliseconds))} ms`;
}

/** @param {Side} side @returns {Side} */
export const otherSide = (side) => (side === 'client' ? 'server' : 'client');

/** @param {Frame} frame @param {string} name */
export const header = (frame, name) => frame.headers?.find(([key]) => key === name)?.[1];

/**
 * The gRPC status of trailers by its name.
 *
 * @param {Frame} frame
 */
export function statusOf(frame) {
  const code = header(frame, 'grpc-status');
  return code === undefined ? undefined : (STATUS[Number(code)] ?? code);
}

/** @param {Frame} frame */
export function grpcMessageOf(frame) {
  const text = header(frame, 'grpc-message') ?? '';
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {Frame} frame */
export const endsStream = (frame) => frame.flags.includes('END_STREAM');

/** @param {Frame} frame */
function headersText(frame) {
  const status = statusOf(frame);
  if (status !== undefined) return `trailers: status ${status}`;
  const path = header(frame, ':path');
  if (path !== undefined) return `HEADERS ${path}`;
  return frame.headers ? `HEADERS ${header(frame, ':status') ?? ''}` : 'HEADERS (a part)';
}

/** @param {Frame} frame */
function settingsText(frame) {
  if (frame.flags.includes('ACK')) return 'SETTINGS accepted';
  const window = frame.settings?.SETTINGS_INITIAL_WINDOW_SIZE ?? frame.settings?.INITIAL_WINDOW_SIZE;
  return window === undefined
    ? 'SETTINGS'
    : `SETTINGS: each stream starts with a window of ${number(window)}`;
}

/** @type {Record<string, (frame: Frame) => string>} */
const FRAMES = {
  HEADERS: headersText,
  CONTINUATION: headersText,
  DATA: (frame) => `DATA ${number(frame.length)} bytes`,
  RST_STREAM: (frame) => `RST_STREAM ${frame.code ?? ''}`,
  GOAWAY: (frame) => `GOAWAY ${frame.code ?? ''} ${frame.debug ?? ''}`.trim(),
  WINDOW_UPDATE: (frame) =>
    `WINDOW_UPDATE: ${number(frame.increment ?? 0)} bytes more for ${frame.stream === 0 ? 'the connection' : 'the stream'}`,
  SETTINGS: settingsText,
  PING: (frame) => (frame.flags.includes('ACK') ? 'PING answered' : 'PING'),
};

/**
 * What a frame is, in a line.
 *
 * @param {Frame} frame
 */
export function frameText(frame) {
  const text = FRAMES[frame.frame]?.(frame) ?? `${frame.frame} ${number(frame.length)} bytes`;
  return endsStream(frame) ? `${text}, END_STREAM` : text;
}

/** Long bytes say nothing to a person. @param {string} text */
const withoutBytes = (text) => text.replace(/0x([0-9a-f]{8})[0-9a-f]{8,}…?/g, '0x$1…');

/** @param {Message} message */
export const messageText = (message) =>
  `message ${number(message.number)}${message.text ? `: ${withoutBytes(message.text)}` : ''}`;

/**
 * What happened, in a line.
 *
 * @param {Row} row
 */
export function rowText({ event, messages }) {
  switch (event.type) {
    case 'frame':
      return [frameText(event), ...messages.map(messageText)].join(' · ');
    case 'seen':
      return event.text;
    case 'opened':
      return `the client connects from ${event.client} to ${event.server}`;
    case 'closed':
      return `the ${event.by} closes the connection (${event.how})`;
    case 'foreign':
      return `bytes of the ${event.side} that are not understood: ${event.reason}`;
  }
}
