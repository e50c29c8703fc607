// What is in the frames other than DATA: https://www.rfc-editor.org/rfc/rfc9113#section-6
import { BrokenRule, type FrameHead } from './frames.ts';

export const CODES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];

const SETTINGS: Readonly<Record<number, string>> = {
  1: 'HEADER_TABLE_SIZE',
  2: 'ENABLE_PUSH',
  3: 'MAX_CONCURRENT_STREAMS',
  4: 'INITIAL_WINDOW_SIZE',
  5: 'MAX_FRAME_SIZE',
  6: 'MAX_HEADER_LIST_SIZE',
  8: 'ENABLE_CONNECT_PROTOCOL',
  9: 'NO_RFC7540_PRIORITIES',
};
const MOST_SETTINGS = 64;
const LONGEST_DEBUG = 1024;

const LENGTHS: Readonly<Record<string, number>> = { PRIORITY: 5, RST_STREAM: 4, PING: 8, WINDOW_UPDATE: 4 };
const OF_CONNECTION = ['SETTINGS', 'PING', 'GOAWAY'];
const OF_STREAM = ['DATA', 'HEADERS', 'PRIORITY', 'RST_STREAM', 'PUSH_PROMISE', 'CONTINUATION'];

/** @throws BrokenRule if a frame has a stream or a length that its type can't have */
export function checkHead({ type, stream, length, flags }: FrameHead): void {
  if (stream === 0 && OF_STREAM.includes(type)) throw new BrokenRule(`a ${type} frame on stream 0`);
  if (stream !== 0 && OF_CONNECTION.includes(type))
    throw new BrokenRule(`a ${type} frame on stream ${stream}`);
  const wrong =
    type === 'SETTINGS'
      ? length % 6 !== 0 || (flags.includes('ACK') && length > 0)
      : type === 'GOAWAY'
        ? length < 8
        : length !== (LENGTHS[type] ?? length);
  if (wrong) throw new BrokenRule(`a ${type} frame of ${length} bytes`);
}

function codeIn(payload: Buffer, offset: number): string {
  const code = payload.readUInt32BE(offset);
  return CODES[code] ?? `0x${code.toString(16)}`;
}

export function settingsIn(payload: Buffer): Record<string, number> {
  const settings: Record<string, number> = {};
  const end = Math.min(payload.length, MOST_SETTINGS * 6);
  for (let at = 0; at < end; at += 6) {
    const number = payload.readUInt16BE(at);
    settings[SETTINGS[number] ?? `0x${number.toString(16)}`] = payload.readUInt32BE(at + 2);
  }
  return settings;
}

/** The fields of an event that tell what is in such a frame. */
export function detailsIn({ type, flags }: FrameHead, payload: Buffer) {
  switch (type) {
    case 'RST_STREAM':
      return { code: codeIn(payload, 0) };
    case 'GOAWAY': {
      const debug = payload.toString('utf8', 8, 8 + LONGEST_DEBUG);
      const lastStream = payload.readUInt32BE(0) & 0x7fffffff;
      return { code: codeIn(payload, 4), lastStream, ...(debug === '' ? {} : { debug }) };
    }
    case 'WINDOW_UPDATE':
      return { increment: payload.readUInt32BE(0) & 0x7fffffff };
    case 'PING':
      return { ping: payload.toString('hex') };
    case 'SETTINGS':
      return flags.includes('ACK') ? {} : { settings: settingsIn(payload) };
    default:
      return {};
  }
}

/** The part of a HEADERS or PUSH_PROMISE frame that belongs to its header block. */
export function blockIn({ type, flags }: FrameHead, payload: Buffer): { block: Buffer; promised?: number } {
  let start = 0;
  let end = payload.length;
  if (flags.includes('PADDED')) {
    start = 1;
    end -= payload[0] ?? 0;
  }
  const prefix = start + (flags.includes('PRIORITY') ? 5 : 0) + (type === 'PUSH_PROMISE' ? 4 : 0);
  if (prefix > end) throw new BrokenRule(`a ${type} frame has more padding than bytes`);
  const block = payload.subarray(prefix, end);
  return type === 'PUSH_PROMISE' ? { block, promised: payload.readUInt32BE(start) & 0x7fffffff } : { block };
}
