// server-stream: Stop the moment the listener leaves, even while there is nothing to send.
//
// The handler streams the prices of a share. It borrows the contract of Pow, to need none of its own: the `number` of the request is
// the share, the `number` of a response its price. Hours may pass between two prices. When the client leaves in that time, the handler goes on waiting and its subscription stays open.
// Mend that: close the subscription however the call ends, and at once.
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
    async *Pow({ number: share }) {
      const subscription = subscribe(share);
      for (;;) yield { number: await subscription.next() };
    },
  });
}
