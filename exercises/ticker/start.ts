// server-stream: Stop when the client leaves, even while there is nothing to send.
//
// The handler streams the prices of a share. Hours may pass between two prices. If the client leaves in that time, this handler goes on
// waiting, and its subscription stays open. Change it: close the subscription at once, however the call ends.
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
    async *Follow({ name }) {
      const subscription = subscribe(name);
      for (;;) yield { price: await subscription.next() };
    },
  });
}
