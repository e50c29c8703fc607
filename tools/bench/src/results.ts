import type { Usage } from './side.ts';
import type { StackName } from './stacks.ts';

/** What one stack took for one work. */
export interface Measured {
  readonly stack: StackName;
  /** For each of the work's figures, the figure of every repetition. */
  readonly figures: number[][];
  /** CPU seconds a repetition, and peak memory in MB, of each side. */
  readonly server: Usage;
  readonly client: Usage;
}

/** What every stack took for one work. */
export interface WorkResult {
  readonly work: string;
  readonly unit: string;
  /** Whether more of the unit is better. */
  readonly more: boolean;
  /** What the figures are called if there is more than one. */
  readonly figures?: string[];
  readonly measured: Measured[];
}

/** A run of the benchmark, as `--json` writes it. */
export interface Results {
  readonly node: string;
  readonly processors: string;
  readonly works: WorkResult[];
  /** What grpc-go does in messages a millisecond, by the name of the work, where it is installed. */
  readonly grpcGo?: Record<string, number>;
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** How far the repetitions lie apart, as a share of their median. */
export function spread(values: number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** The median of one figure; undefined where the stack did not do that work. */
export function figureOf(
  results: WorkResult[],
  work: string,
  stack: StackName,
  index = 0,
): number | undefined {
  const measured = results.find((one) => one.work === work)?.measured.find((one) => one.stack === stack);
  const values = measured?.figures[index];
  return values && median(values);
}
