// A handler that returns has answered. The response is sent at once, and `return()` is called on the client's generator.
import { defineService } from 'grpc-iterables';
import { ClientStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';

/** @param limit the sum that is enough; less if the client finishes before */
export function enoughService(limit: bigint) {
  return defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests) {
      let sum = 0n;
      for await (const { data } of requests) {
        sum += BigInt(data);
        if (sum >= limit) break;
      }
      return { sum: String(sum) };
    },
  });
}
