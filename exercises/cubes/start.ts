// server-stream: Stream cubes, and calculate each one only when the client wants it.
//
// For { first: 2, count: 3 } the responses are 8, 27 and 64. This handler calculates all cubes before it sends the first. Change it:
// 1. Calculate a cube when the call can take it, and not before.
// 2. Cubes above 2 ** 53 are exact. An int64 is a decimal string here, and BigInt calculates with it.
// 3. A negative count is refused with INVALID_ARGUMENT, before any response.
//
// You need: import { status } from '@grpc/grpc-js', and StatusError from 'grpc-iterables'.
import { defineService } from 'grpc-iterables';
import { exercises } from 'proto';
import type { CubesHandlers } from 'proto/gen/exercises/Cubes';

/** @param made is called with each cube when it is calculated */
export function cubeService(made: (cube: string) => void) {
  return defineService<CubesHandlers>(exercises.Cubes.service, {
    async *From({ first, count }) {
      const cubes: { cube: string }[] = [];
      for (let base = Number(first); cubes.length < count; base++) {
        const cube = String(base ** 3);
        made(cube);
        cubes.push({ cube });
      }
      yield* cubes;
    },
  });
}
