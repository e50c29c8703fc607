import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { defineService, type Service, StatusError } from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { powers } from './pow.ts';

const DEFAULT_COUNT = 10;

/**
 * The service that `server.ts` serves.
 *
 * @param interval the milliseconds to wait between two messages
 * @param log is called with one line for each event
 */
export function powService(interval: number, log: (line: string) => void): Service {
  return defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number, count }, { signal }) {
      log(`Recv Client Data ${number}`);
      if (count < 0)
        throw new StatusError(status.INVALID_ARGUMENT, `count is ${count}, but it must not be negative`);
      let sent = 0;
      try {
        for (const power of powers(BigInt(number), count || DEFAULT_COUNT)) {
          if (interval > 0 && sent > 0) await delay(interval, undefined, { signal });
          yield { number: String(power) };
          sent++;
        }
      } catch (error) {
        if (error instanceof RangeError) throw new StatusError(status.OUT_OF_RANGE, error.message);
        throw error;
      } finally {
        if (signal.aborted) log(`${signal.reason.details} after ${sent} powers`);
      }
    },
  });
}
