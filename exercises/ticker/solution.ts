// The signal goes to everything that waits, so that it ends with the call. `finally` closes what is open, because it runs at every ending.
import { defineService } from 'grpc-iterables';
import { exercises } from 'proto';
import type { TickerHandlers } from 'proto/gen/exercises/Ticker';

export interface Subscription {
  /** Resolves with the next price. Rejects when `signal` is aborted. */
  next(signal?: AbortSignal): Promise<number>;
  close(): void;
}

export function tickerService(subscribe: (share: string) => Subscription) {
  return defineService<TickerHandlers>(exercises.Ticker.service, {
    async *Follow({ name }, { signal }) {
      const subscription = subscribe(name);
      try {
        for (;;) yield { price: await subscription.next(signal) };
      } finally {
        subscription.close();
      }
    },
  });
}
