import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { exercises } from 'proto';
import { attempt, event, expected, failsWith, patience, served } from '../harness.ts';

const { tickerService } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A stock exchange that has some prices at once, and then none for hours. */
function exchange(...prices: number[]) {
  const closed = event();
  const subscribe = (_share: string) => ({
    async next(signal?: AbortSignal): Promise<number> {
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

test('each price is sent when it is there', patience, async (t) => {
  const { subscribe } = exchange(100, 101);
  const client = await served(t, tickerService(subscribe), exercises.Ticker);
  const prices: number[] = [];
  for await (const { price } of client.follow({ name: 'ACME' })) {
    prices.push(price);
    if (prices.length === 2) break;
  }
  assert.deepEqual(prices, [100, 101]);
});

test('if the client leaves, the subscription is closed, although no price arrives', patience, async (t) => {
  const { subscribe, closed } = exchange(100);
  const client = await served(t, tickerService(subscribe), exercises.Ticker);
  for await (const _ of client.follow({ name: 'ACME' })) break;
  await expected(closed, 'the subscription must be closed');
});

test('if the deadline passes, the subscription is closed', patience, async (t) => {
  const { subscribe, closed } = exchange();
  const client = await served(t, tickerService(subscribe), exercises.Ticker);
  await failsWith(client.follow({ name: 'ACME' }, { timeout: 1000 }).next(), status.DEADLINE_EXCEEDED);
  await expected(closed, 'the subscription must be closed');
});

test('if the exchange fails, the subscription is closed', patience, async (t) => {
  const { subscribe, closed } = exchange();
  const failing = (share: string) => ({
    ...subscribe(share),
    next: async () => {
      throw new StatusError(status.NOT_FOUND, `no share ${share}`);
    },
  });
  const client = await served(t, tickerService(failing), exercises.Ticker);
  await failsWith(client.follow({ name: 'ACME' }).next(), status.NOT_FOUND);
  await expected(closed, 'the subscription must be closed');
});
