/** Whether a number can be sent as an int64. */
export function fitsInt64(number: bigint): boolean {
  return BigInt.asIntN(64, number) === number;
}

/** The sum of a stream of numbers so far, exact. */
export interface Sum {
  readonly count: number;
  readonly total: bigint;
}

/** What nothing adds up to. */
export const emptySum: Sum = { count: 0, total: 0n };

/** The sum with one more number. */
export function add({ count, total }: Sum, number: bigint): Sum {
  return { count: count + 1, total: total + number };
}
