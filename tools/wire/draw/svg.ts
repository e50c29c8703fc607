// A call as an SVG: two lanes, a row for each frame, messages beside the frames that carry them.
import { status } from '@grpc/grpc-js';
import { printable } from 'cli/printable';
import type { Frame, Message, Side } from '../src/events.ts';
import { type Call, waited } from './call.ts';

const WIDTH = 880;
const LANES = { client: 225, server: 675 };
const MIDDLE = (LANES.client + LANES.server) / 2;
const TOP = 84;
const ROW = 34;
const BOTTOM = 6;
const MOST_ROWS = 100;
const LONGEST_LABEL = 52;
const END_STREAM_LENGTH = 11;
const LONGEST_MESSAGE = 22;
// So much of an arrow is left on either side that it is seen to be one.
const WIDEST_BOX = LANES.server - LANES.client - 50;

const STYLE = `
  text { font: 12px ui-sans-serif, system-ui, sans-serif; fill: #1f2328; }
  .title { font-size: 15px; font-weight: 600; }
  .lane { font-size: 13px; font-weight: 600; }
  .small { font-size: 10.5px; fill: #59636e; }
  .line { stroke: #b1bac4; stroke-width: 2; }
  .arrow { stroke: #57606a; stroke-width: 1.5; }
  .head { fill: #57606a; }
  .client { stroke: #0969da; } .client.fill { fill: #0969da; stroke: none; }
  .server { stroke: #8250df; } .server.fill { fill: #8250df; stroke: none; }
  .end { fill: #1a7f37; stroke: none; } text.end { font-weight: 600; }
  .reset { stroke: #cf222e; } text.reset { fill: #cf222e; stroke: none; font-weight: 600; }
  .box { fill: #ffffff; stroke-width: 1.2; }
  .message { fill: #f6f8fa; stroke-width: 1.2; }
  .gauge { fill: none; stroke: #8c959f; } .full { fill: #bf8700; }
  .back { fill: #ffffff; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .small { fill: #9198a1; } .line { stroke: #3d444d; }
    .arrow { stroke: #9198a1; } .head { fill: #9198a1; }
    .client { stroke: #4493f8; } .client.fill { fill: #4493f8; }
    .server { stroke: #ab7df8; } .server.fill { fill: #ab7df8; }
    .end { fill: #3fb950; } .reset { stroke: #f85149; } text.reset { fill: #f85149; }
    .box { fill: #0d1117; } .message { fill: #151b23; } .gauge { stroke: #656c76; } .full { fill: #d29922; }
    .back { fill: #0d1117; }
  }`;

/** Draws a call. The SVG follows the reader's light or dark setting, and its text is text. */
export function drawCall(call: Call, title: string): string {
  const frames = call.frames.slice(0, MOST_ROWS);
  const rows = new Map(frames.map(({ id }, index) => [id, TOP + index * ROW]));
  const end = TOP + frames.length * ROW;
  const height = end + BOTTOM + notes(call).length * 16;
  const begin = frames[0]?.at ?? 0;
  const largest = Math.max(1, ...frames.map(({ windows }) => windows?.stream ?? 0));
  const showWindows = waited(call);
  const parts = [
    `<text class="title" x="12" y="24">${escaped(title)}</text>`,
    lane('client', end),
    lane('server', end),
    ...frames.map((frame) => arrow(frame, rows.get(frame.id) ?? 0, begin)),
    ...(showWindows ? frames.map((frame) => gauge(frame, rows.get(frame.id) ?? 0, largest)) : []),
    ...messageBoxes(call.messages, rows),
    ...notes(call).map(
      (note, index) =>
        `<text class="reset" x="${MIDDLE}" y="${end + 10 + index * 16}" text-anchor="middle">${escaped(note)}</text>`,
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title story">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="story">${escaped(frames.map(sentence).join('; '))}</desc>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="back" width="${WIDTH}" height="${height}" rx="6"/>`,
    ...parts.filter((part) => part !== ''),
    '</svg>',
    '',
  ].join('\n');
}

function lane(side: Side, end: number): string {
  const x = LANES[side];
  return [
    `<text class="lane" x="${x}" y="56" text-anchor="middle">${side}</text>`,
    `<line class="line" x1="${x}" y1="64" x2="${x}" y2="${end}"/>`,
  ].join('\n');
}

function arrow(frame: Frame, y: number, begin: number): string {
  const { side, frame: type, flags, at } = frame;
  const [from, to] = side === 'client' ? [LANES.client, LANES.server] : [LANES.server, LANES.client];
  const towards = side === 'client' ? 1 : -1;
  const line = `<line class="arrow ${type === 'RST_STREAM' ? 'reset' : side}" x1="${from}" y1="${y}" x2="${to - towards * 8}" y2="${y}"/>`;
  const label = printable(labelOf(frame));
  const isEnd = flags.includes('END_STREAM');
  const text = cut(label, LONGEST_LABEL - (isEnd ? END_STREAM_LENGTH : 0));
  const width = Math.min(WIDEST_BOX, textWidth(isEnd ? `${text} END_STREAM` : text) + 20);
  const end = isEnd ? ` <tspan class="end" font-weight="600">END_STREAM</tspan>` : '';
  return [
    `<text class="small" x="12" y="${y + 4}">${(at - begin).toFixed(0)} ms</text>`,
    line,
    `<rect class="box ${type === 'RST_STREAM' ? 'reset' : side}" x="${MIDDLE - width / 2}" y="${y - 11}" width="${width}" height="22" rx="4"/>`,
    `<text x="${MIDDLE}" y="${y + 4}" text-anchor="middle"${type === 'RST_STREAM' ? ' class="reset"' : ''}>${escaped(text)}${end}</text>`,
    tip(to, y, towards, type === 'RST_STREAM' ? 'reset' : isEnd ? 'end' : side),
  ].join('\n');
}

/** How an arrow ends: as an arrow, with a bar for END_STREAM, with a cross for RST_STREAM. */
function tip(x: number, y: number, towards: number, kind: Side | 'end' | 'reset'): string {
  if (kind === 'reset')
    return `<path class="reset" stroke-width="2.5" d="M${x - 6} ${y - 6}l12 12m0 -12l-12 12"/>`;
  const head = `<path class="${kind === 'end' ? 'end' : `${kind} fill`}" d="M${x - towards} ${y}l${-9 * towards} -5v10z"/>`;
  return kind === 'end'
    ? `${head}\n<rect class="end" x="${x - 3}" y="${y - 10}" width="6" height="20"/>`
    : head;
}

/** What may still be sent on the stream. */
function gauge({ frame, windows, stream, increment }: Frame, y: number, largest: number): string {
  if (stream === 0 || windows?.stream === undefined) return '';
  if (frame !== 'DATA' && increment === undefined) return '';
  const width = 60;
  const full = Math.max(0, Math.round((windows.stream / largest) * width));
  return [
    `<rect class="gauge" x="60.5" y="${y - 5.5}" width="${width}" height="9"/>`,
    `<rect class="full" x="61" y="${y - 5}" width="${full}" height="8"/>`,
    `<text class="small" x="128" y="${y + 4}">${windows.stream === 0 ? 'empty: it waits' : `${windows.stream} left`}</text>`,
  ].join('\n');
}

/** Messages beside the frames that carry them, on their sender's side. Those of one frame share a box. */
function messageBoxes(messages: readonly Message[], rows: ReadonlyMap<number, number>): string[] {
  const boxes = new Map<string, Message[]>();
  for (const message of messages) {
    const frames = message.frames.join();
    boxes.set(frames, [...(boxes.get(frames) ?? []), message]);
  }
  return [...boxes.values()].map((together) => messageBox(together, messages, rows));
}

function messageBox(
  box: readonly Message[],
  all: readonly Message[],
  rows: ReadonlyMap<number, number>,
): string {
  const [message] = box;
  const [first = 0, last = 0] = message?.frames ?? [];
  const [from, to] = [rows.get(first), rows.get(last)];
  if (!message || from === undefined || to === undefined) return '';
  const others = all.filter(({ frames }) => frames[0] !== first || frames[1] !== last);
  // A frame may carry the end of one message and the beginning of another.
  const top = others.some(({ frames }) => frames[1] === first) ? from + 2 : from - 13;
  const bottom = others.some(({ frames }) => frames[0] === last) ? to - 2 : to + 13;
  const isClient = message.side === 'client';
  const x = isClient ? 56 : LANES.server + 14;
  const width = isClient ? LANES.client - 70 : WIDTH - LANES.server - 26;
  const lines = box.map(({ text, length }) =>
    cut(printable(text === '' ? `${length} bytes` : text), LONGEST_MESSAGE),
  );
  // Two lines fit beside a frame.
  const shown = lines.length > 2 ? [lines[0] ?? '', `… ${lines.length - 1} more`] : lines;
  const middle = (top + bottom) / 2 + 4 - (shown.length - 1) * 6.5;
  const texts = shown.map(
    (line, index) =>
      `<text x="${x + width / 2}" y="${middle + index * 13}" text-anchor="middle">${escaped(line)}</text>`,
  );
  const rect = `<rect class="message ${message.side}" x="${x}" y="${top}" width="${width}" height="${Math.max(4, bottom - top)}" rx="6"/>`;
  return [rect, ...(bottom - top < 14 ? [] : texts)].join('\n');
}

/** What the frames alone don't show. */
function notes({ ended, closed, frames }: Call): string[] {
  const hidden = frames.length - MOST_ROWS;
  return [
    ...(hidden > 0 ? [`${hidden} more frames are not shown`] : []),
    ...(ended ? [] : ['the recording ends before the call']),
    ...(ended?.lost
      ? [`the connection is closed${closed ? ` by the ${closed.by} (${closed.how})` : ''}; no status arrives`]
      : []),
  ];
}

function labelOf(frame: Frame): string {
  const { frame: type, code, length, increment, debug } = frame;
  const fields = new Map(frame.headers);
  const grpcStatus = fields.get('grpc-status');
  if (grpcStatus !== undefined)
    return `${type} grpc-status ${grpcStatus} ${status[Number(grpcStatus)] ?? ''}`.trim();
  if (fields.has(':path')) return `${type} ${fields.get(':path')}`;
  if (fields.has(':status')) return `${type} :status ${fields.get(':status')}`;
  if (increment !== undefined) return `${type} +${increment}`;
  if (code !== undefined) return `${type} ${code}${debug === undefined ? '' : ` ${debug}`}`;
  return type === 'DATA' ? `DATA ${length} bytes` : type;
}

function sentence(frame: Frame): string {
  const end = frame.flags.includes('END_STREAM') ? ', END_STREAM' : '';
  return `${frame.side}: ${labelOf(frame)}${end}`;
}

/** A rough width: there is no font to measure with. */
function textWidth(text: string): number {
  const wide = text.match(/[A-Z_]/g)?.length ?? 0;
  return wide * 9.2 + (text.length - wide) * 6.6;
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text from the wire as text of XML, never as markup. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[\ud800-\udfff\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
}
