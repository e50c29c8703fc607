/** True if the number fits into the 64 bits of an int64. */
export function fitsInt64(number: bigint): boolean {
  return BigInt.asIntN(64, number) === number;
}

/**
 * The first `count` powers of `number`: number ** 0, number ** 1 and so on. All of them are exact.
 *
 * @throws RangeError at the first power that does not fit into an int64
 */
export function* powers(number: bigint, count: number): Generator<bigint> {
  let power = 1n;
  for (let exponent = 0; exponent < count; exponent++) {
    if (!fitsInt64(power)) throw new RangeError(`${number} ** ${exponent} = ${power} does not fit int64`);
    yield power;
    power *= number;
  }
}
