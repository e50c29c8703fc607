import { defineService, type Service } from 'grpc-iterables';
import { BidirectionalStreamServer, ServerStream } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';

/** The two services of this chapter. They contain no code for tokens, limits or health. */
export function numberServices(): Service[] {
  return [
    defineService<ServerStreamHandlers>(ServerStream.service, {
      async *Pow({ number, count }) {
        for (let power = 0; power < (count || 10); power++) {
          yield { number: String(BigInt.asIntN(64, BigInt(number) ** BigInt(power))) };
        }
      },
    }),
    defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
      async *Sqrt(requests) {
        for await (const { number } of requests) yield { sqrt: Math.sqrt(number) };
      },
    }),
  ];
}
