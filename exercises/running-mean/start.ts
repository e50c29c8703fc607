// bidi-stream: Answer each number with the mean of all so far, before the next one comes.
//
// The field sqrt of a response carries the mean. This handler waits for the end of the requests, and a client that waits for an
// answer before it sends on waits for ever. Nor should a million numbers stay in memory.
import { defineService } from 'grpc-iterables';
import { BidirectionalStreamServer } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';

export function meanService() {
  return defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
    async *Sqrt(requests) {
      const numbers: number[] = [];
      for await (const { number } of requests) numbers.push(number);
      for (let count = 1; count <= numbers.length; count++) {
        const sum = numbers.slice(0, count).reduce((total, number) => total + number, 0);
        yield { sqrt: sum / count };
      }
    },
  });
}
