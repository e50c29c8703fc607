import { expectedSum, NUMBERS_A_MESSAGE } from './packed.ts';
import type { BenchClient } from './stack.ts';
import type { StackName } from './stacks.ts';

/** One piece of work, done by every library that can do it. */
export interface Work {
  readonly name: string;
  /** The client's method that it needs. */
  readonly needs: keyof BenchClient;
  /** Only these libraries do it; default: all. */
  readonly only?: StackName[];
  readonly unit: string;
  /** How often it is done for nothing before it is measured; default: for two seconds. */
  readonly warmUps?: number;
  /** Whether more of its figures is better. */
  readonly more: boolean;
  /** Does it once over an open connection. Returns one figure for each of `figures`, or one for the work. */
  run(client: BenchClient): Promise<number[]>;
  /** The names of the figures, if there is more than one. */
  readonly figures?: string[];
}

const TINY = 100_000;
const CALLS = 3000;
const SHORT_CALLS = 1000;
// V8 has compiled the code of a call after some 8,000 calls, in every library. Before that, a call takes up to five times as long.
const WARM_UP_CALLS = 10_000;
const PINGS = 3000;
const KIB = 1024;

async function milliseconds<Result>(work: () => Promise<Result>, expected?: Result): Promise<number> {
  const started = performance.now();
  const result = await work();
  const time = performance.now() - started;
  if (expected !== undefined && result !== expected) throw new Error(`got ${result} instead of ${expected}`);
  return time;
}

function messages(
  name: string,
  needs: 'download' | 'upload',
  count: number,
  size: number,
  only?: StackName[],
): Work {
  return {
    name,
    needs,
    ...(only ? { only } : {}),
    unit: 'messages a ms',
    more: true,
    run: async (client) => [count / (await milliseconds(() => client[needs](count, size), count))],
  };
}

function packedNumbers(name: string, needs: 'downloadPacked' | 'uploadPacked'): Work {
  const COUNT = 3000;
  return {
    name,
    needs,
    unit: 'numbers a ms',
    more: true,
    run: async (client) => [
      (COUNT * NUMBERS_A_MESSAGE) / (await milliseconds(() => client[needs](COUNT), expectedSum(COUNT))),
    ],
  };
}

/** Short work that is repeated, one time after the other. */
function oneByOne(
  name: string,
  needs: keyof BenchClient,
  times: number,
  once: (client: BenchClient) => Promise<unknown>,
): Work {
  return {
    name,
    needs,
    warmUps: WARM_UP_CALLS / times,
    unit: 'calls a ms',
    more: true,
    run: async (client) => {
      const all = async () => {
        for (let time = 0; time < times; time++) await once(client);
      };
      return [times / (await milliseconds(all))];
    },
  };
}

const percentile = (sorted: number[], share: number) =>
  sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? Number.NaN;

export const works: Work[] = [
  {
    name: 'unary, 32 at a time',
    needs: 'unary',
    warmUps: WARM_UP_CALLS / CALLS,
    unit: 'calls a ms',
    more: true,
    run: async (client) => [CALLS / (await milliseconds(() => client.unary(CALLS, 32)))],
  },
  {
    name: 'unary, one at a time',
    needs: 'unary',
    warmUps: WARM_UP_CALLS / (CALLS / 2),
    unit: 'calls a ms',
    more: true,
    run: async (client) => [CALLS / 2 / (await milliseconds(() => client.unary(CALLS / 2, 1)))],
  },
  {
    name: 'ping-pong in one stream',
    needs: 'pingPong',
    warmUps: WARM_UP_CALLS / PINGS,
    unit: 'ms',
    more: false,
    figures: ['p50', 'p99'],
    async run(client) {
      const times = (await client.pingPong(PINGS)).sort((a, b) => a - b);
      return [percentile(times, 0.5), percentile(times, 0.99)];
    },
  },
  oneByOne('server streaming, calls of ten', 'download', SHORT_CALLS, (client) => client.download(10, 0)),
  oneByOne('client streaming, calls of ten', 'upload', SHORT_CALLS, (client) => client.upload(10, 0)),
  oneByOne('bidirectional, calls of ten', 'exchange', SHORT_CALLS, (client) => client.exchange(10)),
  oneByOne('a call that fails after one response', 'failure', SHORT_CALLS, (client) => client.failure()),
  oneByOne('connect and first call', 'firstCall', SHORT_CALLS, (client) => client.firstCall()),
  messages('server streaming, 100,000 tiny', 'download', TINY, 0),
  messages('client streaming, 100,000 tiny', 'upload', TINY, 0),
  {
    name: 'bidirectional, 100,000 tiny',
    needs: 'exchange',
    unit: 'messages a ms',
    more: true,
    run: async (client) => [TINY / (await milliseconds(() => client.exchange(TINY), TINY))],
  },
  messages('client streaming, 10,000 tiny', 'upload', 10_000, 0, ['ours']),
  messages('client streaming, 1,000,000 tiny', 'upload', 1_000_000, 0, ['ours']),
  messages('server streaming, 1 KiB', 'download', 20_000, KIB),
  messages('client streaming, 1 KiB', 'upload', 40_000, KIB),
  messages('server streaming, 64 KiB', 'download', 1500, 64 * KIB),
  messages('client streaming, 64 KiB', 'upload', 1500, 64 * KIB),
  packedNumbers('packed down, 1,000 int64 a message', 'downloadPacked'),
  packedNumbers('packed up, 1,000 int64 a message', 'uploadPacked'),
];
