// bidi-stream: Send back each number that was not among the last few, and keep no more than these.
//
// Not every request has a response: that is for the two sides to agree upon, gRPC does not care. The field sqrt of a response
// carries the number. This handler remembers every number for as long as the stream lasts: a number that comes again the next day is
// dropped, and a stream that never ends fills the memory.
import { defineService } from 'grpc-iterables';
import { BidirectionalStreamServer } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';

/** @param size a number is dropped if it is equal to one of this many numbers received before it */
export function distinctService(size: number) {
  return defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
    async *Sqrt(requests) {
      const seen = new Set<number>();
      for await (const { number } of requests) {
        if (!seen.has(number)) yield { sqrt: number };
        if (size > 0) seen.add(number);
      }
    },
  });
}
