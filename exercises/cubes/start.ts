// server-stream: Stream the cubes of a number and of those after it, each when it is wanted.
//
// For { number: 2, count: 3 } the responses are 8, 27 and 64.
// 1. A million cubes are not made before the first is sent.
// 2. Cubes are exact, above 2 ** 53 too.
// 3. A negative count is refused with INVALID_ARGUMENT, before any response.
import { defineService } from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';

/** @param made is called with each cube as it is made */
export function cubeService(made: (cube: string) => void) {
  return defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number, count }) {
      const cubes: { number: string }[] = [];
      for (let base = Number(number); cubes.length < count; base++) {
        const cube = String(base ** 3);
        made(cube);
        cubes.push({ number: cube });
      }
      yield* cubes;
    },
  });
}
