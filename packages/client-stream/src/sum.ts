/** True if the number fits into the 64 bits of an int64. */
export function fitsInt64(number: bigint): boolean {
  return BigInt.asIntN(64, number) === number;
}

/** The exact sum of the numbers that have arrived so far. */
export interface Sum {
  readonly count: number;
  readonly total: bigint;
}

/** The sum of no numbers. */
export const emptySum: Sum = { count: 0, total: 0n };

/** Adds one more number to a sum. */
export function add({ count, total }: Sum, number: bigint): Sum {
  return { count: count + 1, total: total + number };
}
