// A generator makes the next cube when the call takes it: yield, and nothing is made ahead.
import { status } from '@grpc/grpc-js';
import { defineService, StatusError } from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';

/** @param made is called with each cube as it is made */
export function cubeService(made: (cube: string) => void) {
  return defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number, count }) {
      if (count < 0)
        throw new StatusError(status.INVALID_ARGUMENT, `count is ${count}, but must not be negative`);
      const first = BigInt(number);
      for (let base = first; base < first + BigInt(count); base++) {
        const cube = String(base ** 3n);
        made(cube);
        yield { number: cube };
      }
    },
  });
}
