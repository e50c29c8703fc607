// What a person can choose on the page, and the orders that the page may send.

export const PATTERNS = {
  download: 'Server streaming: many responses',
  upload: 'Client streaming: many requests',
  exchange: 'Bidirectional streaming: both',
  unary: 'Unary: one request, one response',
};

export const ENDINGS = {
  complete: 'Complete',
  leave: 'The client leaves the loop',
  deadline: 'The deadline passes',
  throw: 'The server throws an error',
  early: 'The server answers early',
  'kill-client': 'The client is killed',
  'kill-server': 'The server is killed',
  silent: 'The network stops, without an error',
  shutdown: 'The server shuts down',
};

export const LIBRARIES = {
  ours: 'grpc-iterables',
  'grpc-js': 'bare grpc-js',
  'nice-grpc': 'nice-grpc',
};

export const WRITERS = {
  steady: 'a small message every 100 ms',
  fast: '8 KB messages, as fast as it can',
};

export type Pattern = keyof typeof PATTERNS;
export type Ending = keyof typeof ENDINGS;
export type Library = keyof typeof LIBRARIES;
export type Writer = keyof typeof WRITERS;

/** Messages that the reader takes each second. 0: it has stopped. null: as fast as it can. */
export type Speed = number | null;

export interface Choice {
  readonly pattern: Pattern;
  readonly ending: Ending;
  readonly client: Library;
  readonly server: Library;
  readonly writer: Writer;
  readonly speed: Speed;
}

export type Order =
  | ({ readonly do: 'start' } & Choice)
  | { readonly do: 'speed'; readonly speed: Speed }
  | { readonly do: 'stop' };

/** An early answer needs a client that still sends. */
const EARLY: readonly Pattern[] = ['upload', 'exchange'];

/** Whether a call of this pattern can end so. */
export const fits = (pattern: Pattern, ending: Ending) => ending !== 'early' || EARLY.includes(pattern);

/** All that can be chosen, for the page. */
export const choices = {
  patterns: PATTERNS,
  endings: ENDINGS,
  libraries: LIBRARIES,
  writers: WRITERS,
  early: EARLY,
};

/** What the page shows about the calls that it plays. */
export interface PlayState {
  readonly running: boolean;
  /** The first connection of the last call. */
  readonly first?: number;
  /** What was chosen last. */
  readonly choice?: Choice;
  /** What can be chosen; a page gets it when it connects. */
  readonly choices?: typeof choices;
}

function isKeyOf<T extends object>(keys: T, value: unknown): value is keyof T {
  return typeof value === 'string' && Object.hasOwn(keys, value);
}

const isSpeed = (value: unknown): value is Speed =>
  value === null || (typeof value === 'number' && value >= 0 && value <= 1_000_000);

/** Reads what the page sent; a string says what is wrong with it. */
export function readOrder(text: string): Order | string {
  let given: Record<string, unknown>;
  try {
    given = Object(JSON.parse(text));
  } catch {
    return 'an order must be JSON';
  }
  const { pattern, ending, client, server, writer, speed } = given;
  if (given.do === 'stop') return { do: 'stop' };
  if (given.do !== 'start' && given.do !== 'speed')
    return `"${given.do}" is not an order: start, speed or stop`;
  if (!isSpeed(speed)) return `"${speed}" is not a number of messages per second`;
  if (given.do === 'speed') return { do: 'speed', speed };
  if (!isKeyOf(PATTERNS, pattern)) return `"${pattern}" is not a pattern`;
  if (!isKeyOf(ENDINGS, ending)) return `"${ending}" is not an ending`;
  if (!isKeyOf(LIBRARIES, client)) return `"${client}" is not a client`;
  if (!isKeyOf(LIBRARIES, server)) return `"${server}" is not a server`;
  if (!isKeyOf(WRITERS, writer)) return `"${writer}" is not a writer`;
  if (!fits(pattern, ending)) return `a call of the pattern "${pattern}" can not end with "${ending}"`;
  return { do: 'start', pattern, ending, client, server, writer, speed };
}
