// What waits gets the signal, so that it ends with the call; what is open is closed in finally, which runs at every ending.
import { defineService } from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';

export interface Subscription {
  /** Resolves with the next price; rejects when `signal` aborts. */
  next(signal?: AbortSignal): Promise<string>;
  close(): void;
}

export function priceService(subscribe: (share: string) => Subscription) {
  return defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number: share }, { signal }) {
      const subscription = subscribe(share);
      try {
        for (;;) yield { number: await subscription.next(signal) };
      } finally {
        subscription.close();
      }
    },
  });
}
