/**
 * The square root of a number.
 *
 * @throws RangeError if the number is negative or NaN
 */
export function squareRoot(number: number): number {
  if (Number.isNaN(number) || number < 0) throw new RangeError(`${number} has no square root`);
  return Math.sqrt(number);
}
