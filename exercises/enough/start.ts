// client-stream: Answer as soon as the answer is known, though the client is still sending.
//
// The handler adds up numbers until their sum reaches a limit: that sum is the answer, and numbers after it don't matter. This one
// reads to the end first. A client that measures day and night never hears from it.
import { defineService } from 'grpc-iterables';
import { ClientStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';

/** @param limit the sum that is enough; less if the client finishes before */
export function enoughService(limit: bigint) {
  return defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests) {
      let sum = 0n;
      for await (const { data } of requests) {
        if (sum < limit) sum += BigInt(data);
      }
      return { sum: String(sum) };
    },
  });
}
