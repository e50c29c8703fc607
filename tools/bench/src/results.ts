import type { Usage } from './side.ts';
import type { StackName } from './stacks.ts';

/** The figures of one library for one work. */
export interface Measured {
  readonly stack: StackName;
  /** For each figure of the work, its value in each repetition. */
  readonly figures: number[][];
  /** CPU seconds a repetition, and peak memory in MB, of each side. */
  readonly server: Usage;
  readonly client: Usage;
}

/** The figures of all libraries for one work. */
export interface WorkResult {
  readonly work: string;
  readonly unit: string;
  /** Whether more of the figures is better. */
  readonly more: boolean;
  /** The names of the figures, if there is more than one. */
  readonly figures?: string[];
  readonly measured: Measured[];
}

/** A run of the benchmark, as `--json` writes it. */
export interface Results {
  readonly node: string;
  readonly processors: string;
  readonly works: WorkResult[];
  /** The messages a millisecond of grpc-go, by the name of the work, if it is installed. */
  readonly grpcGo?: Record<string, number>;
}

export function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/**
 * The best repetition. Other programs on the machine can only make a figure worse, so this one says most about the library.
 *
 * @param more whether more is better
 */
export function best(values: number[], more: boolean): number {
  return more ? Math.max(...values) : Math.min(...values);
}

/** The difference between the lowest and the highest repetition, as a share of their median. */
export function spread(values: number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** The best of one figure; undefined if the library did not do that work. */
export function figureOf(
  results: WorkResult[],
  work: string,
  stack: StackName,
  index = 0,
): number | undefined {
  const result = results.find((one) => one.work === work);
  const values = result?.measured.find((one) => one.stack === stack)?.figures[index];
  return values && best(values, result.more);
}
