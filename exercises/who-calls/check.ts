import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { connect, defineService, serve } from 'grpc-iterables';
import { exercises } from 'proto';
import type { WeatherHandlers } from 'proto/gen/exercises/Weather';
import { attempt, failsWith, patience } from '../harness.ts';

const { tokensOnly } = await attempt<typeof import('./start.ts')>(import.meta.url);

const bearing = (header: string) => {
  const metadata = new Metadata();
  metadata.set('authorization', header);
  return { metadata };
};

/** A client of a service that accepts one token, and how often its handlers have run. */
async function guarded(t: TestContext) {
  const handled = { count: 0 };
  const weather = defineService<WeatherHandlers>(exercises.Weather.service, {
    async Current() {
      handled.count++;
      return { celsius: 4 };
    },
    async *Follow() {
      handled.count++;
      yield { celsius: 4 };
    },
  });
  const middleware = [tokensOnly((token) => token === 'right')];
  const server = await serve([weather], { gracePeriod: 0, middleware });
  const client = connect(exercises.Weather, server.address);
  t.after(() => {
    void client.close();
    return server.shutdown();
  });
  return { client, handled };
}

test('a call with a valid token is answered', patience, async (t) => {
  const { client } = await guarded(t);
  assert.deepEqual(await client.current({ city: 'Oslo' }, bearing('Bearer right')), { celsius: 4 });
  const { value } = await client.follow({ city: 'Oslo' }, bearing('Bearer right')).next();
  assert.deepEqual(value, { celsius: 4 });
});

for (const [what, options] of Object.entries({
  'without a token': {},
  'with a wrong token': bearing('Bearer wrong'),
  'with a token of another kind': bearing('Basic right'),
})) {
  test(`a call ${what} is refused, and its handler does not run`, patience, async (t) => {
    const { client, handled } = await guarded(t);
    const unary = await failsWith(client.current({ city: 'Oslo' }, options), status.UNAUTHENTICATED);
    await failsWith(client.follow({ city: 'Oslo' }, options).next(), status.UNAUTHENTICATED);
    assert.equal(handled.count, 0, `the calls were refused, but ${handled.count} handlers have run`);
    assert.doesNotMatch(unary.details, /wrong|right/, 'the text of the error must not contain the token');
  });
}
