// The loop pauses at each `yield`, so the next cube is calculated when the call can take it.
import { status } from '@grpc/grpc-js';
import { defineService, StatusError } from 'grpc-iterables';
import { exercises } from 'proto';
import type { CubesHandlers } from 'proto/gen/exercises/Cubes';

/** @param made is called with each cube when it is calculated */
export function cubeService(made: (cube: string) => void) {
  return defineService<CubesHandlers>(exercises.Cubes.service, {
    async *From({ first, count }) {
      if (count < 0)
        throw new StatusError(status.INVALID_ARGUMENT, `count is ${count}, but it must not be negative`);
      const start = BigInt(first);
      for (let base = start; base < start + BigInt(count); base++) {
        const cube = String(base ** 3n);
        made(cube);
        yield { cube };
      }
    },
  });
}
