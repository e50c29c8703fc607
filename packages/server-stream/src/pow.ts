/** Whether a number can be sent as an int64. */
export function fitsInt64(number: bigint): boolean {
  return BigInt.asIntN(64, number) === number;
}

/**
 * The first `count` powers of `number`: number⁰, number¹ and so on, each exact.
 *
 * @throws RangeError, naming the power, in place of the first one that does not fit int64
 */
export function* powers(number: bigint, count: number): Generator<bigint> {
  let power = 1n;
  for (let exponent = 0; exponent < count; exponent++) {
    if (!fitsInt64(power)) throw new RangeError(`${number} ** ${exponent} = ${power} does not fit int64`);
    yield power;
    power *= number;
  }
}
