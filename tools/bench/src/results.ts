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
  /** Whether more of the unit is better. */
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

/** The difference between the lowest and the highest repetition, as a share of their median. */
export function spread(values: number[]): number {
  return (Math.max(...values) - Math.min(...values)) / median(values);
}

/** The median of one figure; undefined if the library did not do that work. */
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
