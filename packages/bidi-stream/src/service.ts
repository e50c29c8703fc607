import { status } from '@grpc/grpc-js';
import { defineService, type Service, StatusError } from 'grpc-iterables';
import { BidirectionalStreamServer } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import { squareRoot } from './sqrt.ts';

/**
 * The service that `server.ts` serves.
 *
 * @param log is called with one line for each number, and one for a call that did not complete
 */
export function sqrtService(log: (line: string) => void): Service {
  return defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
    async *Sqrt(requests, { signal }) {
      let position = 0;
      try {
        for await (const { number } of requests) {
          position++;
          log(`Recv Data:${number}`);
          yield { sqrt: squareRoot(number) };
        }
      } catch (error) {
        if (error instanceof RangeError) {
          throw new StatusError(
            status.INVALID_ARGUMENT,
            `number ${position} of the stream: ${error.message}`,
          );
        }
        throw error;
      } finally {
        if (signal.aborted) log(`${signal.reason.details} after ${position} numbers`);
      }
    },
  });
}
