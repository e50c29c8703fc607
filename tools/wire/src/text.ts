// Events as lines for a person, in a terminal or in an issue.
import { printable } from 'cli/printable';
import type { Ended, Frame, Message, Opened, Side, WireEvent } from './events.ts';

const LONGEST_LINE = 1000;
const WIDTHS = { at: 10, side: 6, what: 13, stream: 6 };

/** An event as one line. Whatever came over the wire in it can't steer a terminal. */
export function lineOf(event: WireEvent): string {
  const side = 'side' in event ? event.side : '';
  const stream = 'stream' in event && event.stream ? `[${event.stream}]` : '';
  const columns = [
    `#${event.connection}`,
    event.at.toFixed(3).padStart(WIDTHS.at),
    side.padEnd(WIDTHS.side),
    whatOf(event).padEnd(WIDTHS.what),
    stream.padEnd(WIDTHS.stream),
    restOf(event),
  ];
  const line = printable(columns.join(' ')).trimEnd();
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
}

function whatOf(event: WireEvent): string {
  if (event.type === 'frame') return event.frame;
  return event.type === 'message' ? `  message ${event.number}` : event.type;
}

function restOf(event: WireEvent): string {
  switch (event.type) {
    case 'opened':
      return openedText(event);
    case 'frame':
      return frameText(event);
    case 'message':
      return messageText(event);
    case 'ended':
      return endedText(event);
    case 'foreign':
      return `${event.reason}: ${event.bytes}`;
    case 'closed':
      return `by the ${event.by}: ${event.how}`;
    case 'seen':
      return event.text;
    case 'queued':
      return `${event.bytes} bytes wait in its queues`;
  }
}

function openedText({ client, server }: Opened): string {
  return `${client} to ${server}`;
}

function frameText(frame: Frame): string {
  const { flags, settings, headers, windows, increment, code } = frame;
  const words = flags.filter((flag) => flag !== 'END_HEADERS' || !headers);
  if (frame.frame === 'DATA') words.unshift(`${frame.length} bytes`);
  if (increment !== undefined) words.push(`+${increment}`);
  if (code !== undefined) words.push(code);
  if (frame.lastStream !== undefined) words.push(`last stream ${frame.lastStream}`);
  if (frame.debug !== undefined) words.push(JSON.stringify(frame.debug));
  if (frame.ping !== undefined) words.push(frame.ping);
  if (frame.promised !== undefined) words.push(`promises ${frame.promised}`);
  for (const [name, value] of Object.entries(settings ?? {})) words.push(`${name}=${value}`);
  for (const [name, value] of headers ?? []) words.push(`${name}=${value}`);
  if (windows && (frame.frame === 'DATA' || increment !== undefined)) words.push(windowsText(frame));
  return words.join(' ');
}

function windowsText({ side, frame, windows }: Frame): string {
  const sender: Side = (side === 'client') === (frame === 'DATA') ? 'client' : 'server';
  const may = [
    ...(windows?.stream === undefined ? [] : [`${windows.stream} on the stream`]),
    `${windows?.connection} on the connection`,
  ];
  return `(${sender} may send ${may.join(', ')})`;
}

function messageText({ length, compressed, text }: Message): string {
  return `${length} bytes${compressed ? ', compressed' : ''}${text === '' ? '' : `: ${text}`}`;
}

function endedText({ method, lost, resetBy, code, status, message, requests, responses }: Ended): string {
  const how = [
    ...(status === undefined ? [] : [message && message !== status ? `${status} (${message})` : status]),
    ...(resetBy === undefined ? [] : [`reset by the ${resetBy} with ${code}`]),
    ...(lost ? ['the connection was closed'] : []),
  ];
  return `${method}: ${how.join(', ') || 'no status'}, requests: ${requests}, responses: ${responses}`;
}
