import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { connect, serve } from 'grpc-iterables';
import { Prices } from 'proto';
import { LatestPrices } from './latest-prices.ts';
import { Market } from './market.ts';
import { pricesService } from './prices-service.ts';

async function start(t: TestContext, market: Market) {
  const server = await serve([pricesService(market)], { gracePeriod: 0 });
  const client = connect(Prices, server.address);
  t.after(() => Promise.all([client.close(), server.shutdown()]));
  return client;
}

/** A market that says when a listener has left. */
class WatchedMarket extends Market {
  private readonly events = new EventEmitter();
  readonly left = once(this.events, 'left');

  override listen(listener: Parameters<Market['listen']>[0]): () => void {
    const stop = super.listen(listener);
    return () => {
      stop();
      this.events.emit('left');
    };
  }
}

describe('prices', () => {
  test('arrive while the client sends nothing, and a choice arrives while the server sends', async (t) => {
    const client = await start(t, new Market(5));
    const events = new EventEmitter();
    const third = once(events, 'third');
    async function* choices() {
      yield { share: 'ACME' };
      await third;
      yield { share: 'ACME', stop: true };
      yield { share: 'BOLT' };
      await new Promise(() => {});
    }
    const shares: string[] = [];
    for await (const { share } of client.follow(choices())) {
      shares.push(share);
      if (shares.length === 3) events.emit('third');
      if (share === 'BOLT') break;
    }
    assert.deepEqual(shares.slice(0, 3), ['ACME', 'ACME', 'ACME']);
  });
  test('end when the client half-closes', async (t) => {
    const market = new WatchedMarket(1);
    const client = await start(t, market);
    for await (const _ of client.follow([{ share: 'ACME' }]));
    await market.left;
  });
  test('end with NOT_FOUND when the client chooses a share that does not exist', async (t) => {
    const client = await start(t, new Market(1));
    await assert.rejects(client.follow([{ share: 'NONE' }]).next(), { code: status.NOT_FOUND });
  });
  test('stop listening to the market when the client leaves', async (t) => {
    const market = new WatchedMarket(1);
    const client = await start(t, market);
    async function* choices() {
      yield { share: 'ACME' };
      await new Promise(() => {});
    }
    for await (const _ of client.follow(choices())) break;
    await market.left;
  });
});

test('a slow reader gets the latest price of each share, and no older ones', async () => {
  const latest = new LatestPrices();
  for (let price = 1; price <= 1000; price++) {
    latest.set('ACME', price);
    latest.set('BOLT', price);
  }
  const read = latest.read();
  assert.deepEqual((await read.next()).value, { share: 'ACME', price: 1000 });
  latest.set('BOLT', 1001);
  assert.deepEqual((await read.next()).value, { share: 'BOLT', price: 1001 });
  const waiting = read.next();
  await setImmediate();
  latest.set('ACME', 1002);
  assert.deepEqual((await waiting).value, { share: 'ACME', price: 1002 });
  latest.end();
  assert.equal((await read.next()).done, true);
});
