import { status } from '@grpc/grpc-js';
import { defineService, type Service, StatusError } from 'grpc-iterables';
import { ClientStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import { add, emptySum, fitsInt64 } from './sum.ts';

/**
 * The service that `server.ts` serves.
 *
 * @param log is called with one line when a call has ended
 */
export function sumService(log: (line: string) => void): Service {
  return defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests, { signal }) {
      let sum = emptySum;
      try {
        for await (const { data } of requests) sum = add(sum, BigInt(data));
      } catch (error) {
        if (signal.aborted) log(`${endingOf(signal)} after ${sum.count} numbers, nothing summed`);
        throw error;
      }
      // The next lines run only if the client has really sent its last number.
      if (!fitsInt64(sum.total)) {
        throw new StatusError(status.OUT_OF_RANGE, `the sum ${sum.total} does not fit int64`);
      }
      log(`sum of ${sum.count} numbers: ${sum.total}`);
      return { sum: String(sum.total) };
    },
  });
}

function endingOf(signal: AbortSignal): string {
  return signal.reason.code === status.CANCELLED ? 'cancelled' : signal.reason.details;
}
