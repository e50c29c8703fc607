// What the three methods compute.
import { pow, sqrt, sum } from './contract.ts';
import { type Route, route } from './serve.ts';
import { GrpcError, status } from './status.ts';

const DEFAULT_COUNT = 10;

function int64(number: bigint, name: string): string {
  if (BigInt.asIntN(64, number) !== number)
    throw new GrpcError(status.OUT_OF_RANGE, `${name} does not fit int64`);
  return String(number);
}

export const routes: Route[] = [
  route(pow, async function* (requests) {
    for await (const { number, count } of requests) {
      if (count < 0)
        throw new GrpcError(status.INVALID_ARGUMENT, `count is ${count}, but must not be negative`);
      let power = 1n;
      for (let exponent = 0; exponent < (count || DEFAULT_COUNT); exponent++) {
        yield { number: int64(power, `${number} ** ${exponent} = ${power}`) };
        power *= BigInt(number);
      }
    }
  }),
  route(sum, async function* (requests) {
    let total = 0n;
    for await (const { data } of requests) total += BigInt(data);
    yield { sum: int64(total, `the sum ${total}`) };
  }),
  route(sqrt, async function* (requests) {
    for await (const { number } of requests) {
      const root = Math.sqrt(number);
      if (Number.isNaN(root)) throw new GrpcError(status.INVALID_ARGUMENT, `${number} has no square root`);
      yield { sqrt: root };
    }
  }),
];
