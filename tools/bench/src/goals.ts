import { figureOf, type WorkResult } from './results.ts';
import type { StackName } from './stacks.ts';

/** A goal of this project. */
interface Goal {
  readonly name: string;
  /** The ratio to reach; undefined: the ratio is only printed. */
  readonly bound?: number;
  /** Whether the ratio must be at least, or at most, the bound. */
  readonly atLeast: boolean;
  /** Undefined if a figure is missing. */
  ratio(results: WorkResult[]): number | undefined;
}

interface Place {
  work: string;
  figure?: number;
}

function quotient(
  results: WorkResult[],
  above: Place & { stack: StackName },
  below: Place & { stack: StackName },
): number | undefined {
  const numerator = figureOf(results, above.work, above.stack, above.figure);
  const denominator = figureOf(results, below.work, below.stack, below.figure);
  return numerator === undefined || denominator === undefined ? undefined : numerator / denominator;
}

/** This project and one other library, with the same work. */
function against(work: string, other: StackName, bound: number): Goal {
  return {
    name: `${work}: ours / ${other}`,
    bound,
    atLeast: true,
    ratio: (results) => quotient(results, { work, stack: 'ours' }, { work, stack: other }),
  };
}

const PING_PONG = 'ping-pong in one stream';

function latency(figure: number, name: string): Goal {
  return {
    name: `${PING_PONG}, ${name}: ours / grpc-js`,
    bound: 1,
    atLeast: false,
    ratio: (results) =>
      quotient(
        results,
        { work: PING_PONG, figure, stack: 'ours' },
        { work: PING_PONG, figure, stack: 'grpc-js' },
      ),
  };
}

const OTHERS = ['grpc-js', 'nice-grpc', 'connect'] as const;

/** This project and each other library, with the same work. */
function againstAll(work: string, bound: number): Goal[] {
  return OTHERS.map((other) => against(work, other, bound));
}

export const goals: Goal[] = [
  ...againstAll('server streaming, 100,000 tiny', 5),
  ...againstAll('client streaming, 100,000 tiny', 4),
  ...againstAll('bidirectional, 100,000 tiny', 4),
  against('server streaming, 1 KiB', 'grpc-js', 1.5),
  against('client streaming, 1 KiB', 'grpc-js', 1.5),
  ...[
    'server streaming, 64 KiB',
    'client streaming, 64 KiB',
    'packed down, 1,000 int64 a message',
    'packed up, 1,000 int64 a message',
    'unary, 32 at a time',
    'unary, one at a time',
    'server streaming, calls of ten',
    'client streaming, calls of ten',
    'bidirectional, calls of ten',
    'a call that fails after one response',
    'connect and first call',
  ].map((work) => against(work, 'grpc-js', 1)),
  latency(0, 'p50'),
  latency(1, 'p99'),
  {
    name: 'client streaming, cost of a message in 1,000,000 / in 10,000',
    bound: 1.3,
    atLeast: false,
    ratio: (results) =>
      quotient(
        results,
        { work: 'client streaming, 10,000 tiny', stack: 'ours' },
        { work: 'client streaming, 1,000,000 tiny', stack: 'ours' },
      ),
  },
  {
    name: 'one request after the other: in a stream / in unary calls',
    atLeast: true,
    ratio(results) {
      const roundTrip = figureOf(results, PING_PONG, 'ours');
      const calls = figureOf(results, 'unary, one at a time', 'ours');
      return roundTrip && calls && 1 / roundTrip / calls;
    },
  },
];

/** One line for each goal: the result, the goal, and whether it was met. */
export function judged(results: WorkResult[]): string[] {
  return goals.flatMap(({ name, bound, atLeast, ratio }) => {
    const reached = ratio(results);
    if (reached === undefined) return [];
    const goal = bound === undefined ? '' : `${atLeast ? 'at least' : 'at most'} ${bound}`;
    const met = bound === undefined || (atLeast ? reached >= bound : reached <= bound);
    const verdict = bound === undefined ? '' : met ? 'met' : 'MISSED';
    return [
      `${name.padEnd(64)} ${reached.toFixed(reached < 100 ? 2 : 0).padStart(6)}  ${goal.padEnd(13)}  ${verdict}`.trimEnd(),
    ];
  });
}
