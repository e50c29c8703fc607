import { status } from '@grpc/grpc-js';
import { defineService, type Service, StatusError } from 'grpc-iterables';
import { Prices } from 'proto';
import type { PricesHandlers } from 'proto/gen/stream/Prices';
import { LatestPrices } from './latest-prices.ts';
import type { Market } from './market.ts';

/** A service that sends prices and reads choices, each without waiting for the other. */
export function pricesService(market: Market): Service {
  return defineService<PricesHandlers>(Prices.service, {
    async *Follow(choices) {
      const followed = new Set<string>();
      const latest = new LatestPrices();
      const stopListening = market.listen((share, price) => {
        if (followed.has(share)) latest.set(share, price);
      });

      async function readChoices() {
        for await (const { share, stop } of choices) {
          if (!market.has(share))
            throw new StatusError(status.NOT_FOUND, `the market has no share "${share}"`);
          if (!stop) followed.add(share);
          else {
            followed.delete(share);
            latest.remove(share);
          }
        }
      }
      // The first direction runs beside the second one. When it ends, for whatever reason, the second one ends too.
      const reading = readChoices().finally(() => latest.end());
      // Its error is thrown below. This line only keeps Node from reporting it as unhandled before that.
      reading.catch(() => {});

      try {
        yield* latest.read();
        await reading;
      } finally {
        stopListening();
      }
    },
  });
}
