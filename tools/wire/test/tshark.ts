// What tshark says of a capture, and what the tap says, in the same words.
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Side, WireEvent } from '../src/events.ts';
import { CODES } from '../src/payloads.ts';
import { CLIENT_PORTS, SERVER_PORT } from './capture.ts';

/** Why tshark can't be asked here; undefined if it can. In CI it has to be there. */
export function whyNoTshark(): string | undefined {
  if (process.env.CI) return undefined;
  return spawnSync('tshark', ['--version']).status === 0 ? undefined : "needs Debian's tshark";
}

/** What is compared of each side of each connection, in its order. */
export interface Seen {
  /** Type, stream, length and flags of each frame. */
  readonly frames: string[];
  readonly headers: string[];
  readonly codes: number[];
  readonly increments: number[];
  /** Of gRPC messages. */
  readonly lengths: number[];
}

/** By connection and side, as `1 client`. */
export type AllSeen = Record<string, Seen>;

const NUMBERS: Readonly<Record<string, number>> = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
};
const BITS: Readonly<Record<string, number>> = {
  END_STREAM: 1,
  ACK: 1,
  END_HEADERS: 4,
  PADDED: 8,
  PRIORITY: 32,
};
// The tap does not show their values.
const SECRET = ['authorization'];

function of(all: AllSeen, connection: number, side: Side): Seen {
  const key = `${connection} ${side}`;
  const seen = all[key] ?? { frames: [], headers: [], codes: [], increments: [], lengths: [] };
  all[key] = seen;
  return seen;
}

function header(name: string, value: string): string {
  return `${name}: ${SECRET.includes(name) ? '' : value}`;
}

export function seenByTap(events: readonly WireEvent[]): AllSeen {
  const all: AllSeen = {};
  for (const event of events) {
    if (event.type === 'message') of(all, event.connection, event.side).lengths.push(event.length);
    if (event.type !== 'frame') continue;
    const { frame, stream, length, flags, headers = [], code, increment } = event;
    const seen = of(all, event.connection, event.side);
    const bits = flags.reduce((sum, flag) => sum + (BITS[flag] ?? 0), 0);
    seen.frames.push(`${NUMBERS[frame] ?? Number(frame)} ${stream} ${length} ${bits}`);
    seen.headers.push(...headers.map(([name, value]) => header(name, value)));
    if (code !== undefined) seen.codes.push(CODES.indexOf(code));
    if (increment !== undefined) seen.increments.push(increment);
  }
  return all;
}

const FIELDS = [
  'tcp.srcport',
  'tcp.dstport',
  'http2.type',
  'http2.streamid',
  'http2.length',
  'http2.flags',
  'http2.header.name',
  'http2.header.value',
  'http2.rst_stream.error',
  'http2.goaway.error',
  'http2.window_update.window_size_increment',
  'grpc.message_length',
];
const SEPARATOR = '\t';
const BETWEEN = '\x1f';

export async function seenByTshark(capture: string): Promise<AllSeen> {
  const { stdout } = await promisify(execFile)(
    'tshark',
    [
      ...['-r', capture, '-d', `tcp.port==${SERVER_PORT},http2`, '-T', 'fields'],
      // A packet may have so many messages that it would reach its limit of layers, and leave out frames.
      ...['--disable-protocol', 'protobuf'],
      ...['-E', 'separator=/t', '-E', `aggregator=${BETWEEN}`],
      ...FIELDS.flatMap((field) => ['-e', field]),
    ],
    { maxBuffer: 2 ** 28 },
  );
  const all: AllSeen = {};
  for (const line of stdout.split('\n').filter((text) => text !== '')) {
    const columns = line.split(SEPARATOR).map((text) => (text === '' ? [] : text.split(BETWEEN)));
    const [
      [from] = [],
      [to] = [],
      types = [],
      streams = [],
      lengths = [],
      flags = [],
      names = [],
      values = [],
    ] = columns;
    const [resets = [], goaways = [], increments = [], messages = []] = columns.slice(8);
    const side = Number(from) === SERVER_PORT ? 'server' : 'client';
    const seen = of(all, Number(side === 'client' ? from : to) - CLIENT_PORTS, side);
    seen.frames.push(
      ...types.map((type, index) => `${type} ${streams[index]} ${lengths[index]} ${Number(flags[index])}`),
    );
    seen.headers.push(...names.map((name, index) => header(name, values[index] ?? '')));
    seen.codes.push(...[...resets, ...goaways].map(Number));
    seen.increments.push(...increments.map(Number));
    seen.lengths.push(...messages.map(Number));
  }
  return all;
}
