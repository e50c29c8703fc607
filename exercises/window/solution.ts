// What is kept of a stream without end has to have a limit of its own.
import { defineService } from 'grpc-iterables';
import { BidirectionalStreamServer } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';

/** @param size a number is dropped if it is equal to one of this many numbers received before it */
export function distinctService(size: number) {
  return defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
    async *Sqrt(requests) {
      const last: number[] = [];
      for await (const { number } of requests) {
        if (!last.includes(number)) yield { sqrt: number };
        last.push(number);
        if (last.length > size) last.shift();
      }
    },
  });
}
