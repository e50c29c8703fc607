import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { ServerStream } from 'proto';
import { attempt, event, patience, served } from '../harness.ts';

const { priceService } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** An exchange that tells some prices at once, and then none for hours. */
function exchange(...prices: string[]) {
  const closed = event();
  const subscribe = (_share: string) => ({
    async next(signal?: AbortSignal): Promise<string> {
      const price = prices.shift();
      if (price !== undefined) return price;
      if (signal && !signal.aborted) await once(signal, 'abort');
      else if (!signal) await new Promise(() => {});
      throw signal?.reason;
    },
    close: () => closed.happen(),
  });
  return { subscribe, closed: closed.happened };
}

test('prices come as they are made', patience, async (t) => {
  const { subscribe } = exchange('100', '101');
  const client = await served(t, priceService(subscribe), ServerStream);
  const prices: string[] = [];
  for await (const { number } of client.pow({ number: 7 })) {
    prices.push(number);
    if (prices.length === 2) break;
  }
  assert.deepEqual(prices, ['100', '101']);
});

test('a listener who leaves closes the subscription, though no price comes', patience, async (t) => {
  const { subscribe, closed } = exchange('100');
  const client = await served(t, priceService(subscribe), ServerStream);
  for await (const _ of client.pow({ number: 7 })) break;
  await closed;
});

test('so does a deadline', patience, async (t) => {
  const { subscribe, closed } = exchange();
  const client = await served(t, priceService(subscribe), ServerStream);
  await assert.rejects(client.pow({ number: 7 }, { timeout: 100 }).next(), {
    code: status.DEADLINE_EXCEEDED,
  });
  await closed;
});

test('so does an exchange that fails', patience, async (t) => {
  const { subscribe, closed } = exchange();
  const failing = (share: string) => ({
    ...subscribe(share),
    next: async () => {
      throw new StatusError(status.NOT_FOUND, `no share ${share}`);
    },
  });
  const client = await served(t, priceService(failing), ServerStream);
  await assert.rejects(client.pow({ number: 7 }).next(), { code: status.NOT_FOUND });
  await closed;
});
