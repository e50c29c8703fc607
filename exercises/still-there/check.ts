import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { defineService } from 'grpc-iterables';
import { exercises } from 'proto';
import type { TickerHandlers } from 'proto/gen/exercises/Ticker';
import { attempt, event, expected, failsWith, patience, served } from '../harness.ts';

const { withoutBeats } = await attempt<typeof import('./start.ts')>(import.meta.url);

const LONGEST = 800;
/** A price of 0 is a beat. */
const isBeat = ({ price }: { price: number }) => price === 0;

/** A client of a ticker that sends these prices 100 ms apart, and is then silent or ends. Also says when the client has left. */
async function ticker(t: TestContext, prices: number[], isSilent = true) {
  const left = event();
  const service = defineService<TickerHandlers>(exercises.Ticker.service, {
    async *Follow(_, { signal }) {
      for (const price of prices) {
        yield { price };
        await delay(100);
      }
      if (!isSilent) return;
      if (!signal.aborted) await once(signal, 'abort');
      left.happen();
    },
  });
  const client = await served(t, service, exercises.Ticker);
  return { quotes: withoutBeats(client.follow({ name: 'X' }), isBeat, LONGEST), left: left.happened };
}

/** All prices of a stream that must not fail. The caller works after the first one. */
async function pricesOf(quotes: AsyncIterable<{ price: number }>, why: string, work = async () => {}) {
  const prices: number[] = [];
  try {
    for await (const { price } of quotes) if (prices.push(price) === 1) await work();
  } catch (error) {
    assert.fail(`${why}, so the loop must not fail, but it threw: ${error}`);
  }
  return prices;
}

describe('a stream', { concurrency: true }, () => {
  test('beats are left out, and keep the stream alive', patience, async (t) => {
    const { quotes } = await ticker(t, [1, ...Array(12).fill(0), 2, 0, 3], false);
    const prices = await pricesOf(quotes, 'a price or a beat comes every 100 ms');
    assert.deepEqual(
      prices,
      [1, 2, 3],
      `the prices are 1, 2 and 3, and 0 is a beat. The loop got ${prices.join(', ')}`,
    );
  });

  test('after a silence the loop fails with UNAVAILABLE, and the call is cancelled', patience, async (t) => {
    const { quotes, left } = await ticker(t, [1, 0]);
    assert.deepEqual((await quotes.next()).value, { price: 1 });
    const begun = performance.now();
    await expected(
      failsWith(quotes.next(), status.UNAVAILABLE),
      `the stream is silent for more than ${LONGEST} ms, so the loop must fail`,
    );
    const waited = Math.round(performance.now() - begun);
    assert.ok(
      waited > LONGEST + 50,
      `a beat came after 100 ms, so the loop must fail after ${LONGEST + 100} ms, but it failed after ${waited} ms`,
    );
    await expected(left, 'nobody reads the stream any more, so its call must be cancelled');
  });

  test('a caller that works for a long time is not a silence', patience, async (t) => {
    const { quotes } = await ticker(t, [1, 2, 3], false);
    const work = () => delay(LONGEST + 200);
    const prices = await pricesOf(
      quotes,
      `the caller worked for ${LONGEST + 200} ms, and the prices came in time`,
      work,
    );
    assert.deepEqual(prices, [1, 2, 3]);
  });

  test('if the caller leaves, the call is cancelled', patience, async (t) => {
    const { quotes, left } = await ticker(t, [1]);
    for await (const _ of quotes) break;
    await expected(left, 'the loop was left, so its call must be cancelled');
  });
});

test('no timer is left behind', patience, async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  async function* many() {
    for (let price = 1; price <= 1000; price++) yield { price };
  }
  const before = timers();
  let count = 0;
  for await (const _ of withoutBeats(many(), isBeat, 60_000)) count++;
  assert.equal(count, 1000);
  const more = timers() - before;
  assert.ok(more < 10, `the stream has ended, but ${more} timers are still running`);
});
