// yield inside the loop: one request in, one response out, and two numbers are all that is kept.
import { defineService } from 'grpc-iterables';
import { BidirectionalStreamServer } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';

export function meanService() {
  return defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
    async *Sqrt(requests) {
      let sum = 0;
      let count = 0;
      for await (const { number } of requests) {
        sum += number;
        count++;
        yield { sqrt: sum / count };
      }
    },
  });
}
