// client-stream: Answer as soon as you know the answer, while the client is still sending.
//
// The handler adds up numbers until their sum reaches a limit. That sum is the answer, and later numbers do not matter. This handler reads
// to the end first, so a client that never stops sending never gets an answer. Change it: answer when the limit is reached.
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
