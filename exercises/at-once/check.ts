import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { Metadata, status } from '@grpc/grpc-js';
import { connect, defineService, StatusError, serve } from 'grpc-iterables';
import { exercises } from 'proto';
import type { WeatherHandlers } from 'proto/gen/exercises/Weather';
import { attempt, failsWith, patience } from '../harness.ts';

const { callsAtOnce } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A service that allows each caller two calls at once. Streams stay open, and a city without a station fails. */
async function limited(t: TestContext) {
  const open = new Map<string, number>();
  const weather = defineService<WeatherHandlers>(
    exercises.Weather.service,
    {
      async Current({ city }) {
        if (city === 'nowhere') throw new StatusError(status.NOT_FOUND, 'no station');
        return { celsius: 4 };
      },
      async *Follow(_, { signal }) {
        yield { celsius: 4 };
        if (!signal.aborted) await once(signal, 'abort');
      },
    },
    { onError: () => {} },
  );
  const callerOf = ({ metadata }: { metadata: Metadata }) => String(metadata.get('caller')[0]);
  const server = await serve([weather], { gracePeriod: 0, middleware: [callsAtOnce(2, callerOf, open)] });
  const client = connect(exercises.Weather, server.address);
  t.after(() => {
    void client.close();
    return server.shutdown();
  });
  const as = (caller: string) => {
    const metadata = new Metadata();
    metadata.set('caller', caller);
    return { metadata };
  };
  /** Opens a stream, and resolves when the server has accepted it. */
  async function follow(caller: string) {
    const readings = client.follow({ city: 'Oslo' }, as(caller));
    await readings.next();
    return readings;
  }
  const current = (caller: string, city = 'Oslo') => client.current({ city }, as(caller));
  return { follow, current, open };
}

/** The server hears of a cancel some time after the client has left. So this asks again, for a second. */
async function becomes(is: () => boolean, what: () => string): Promise<void> {
  for (let attempts = 0; attempts < 50 && !is(); attempts++) await delay(20);
  assert.ok(is(), what());
}

test('the third call of a caller is refused, and another caller is not', patience, async (t) => {
  const { follow, current } = await limited(t);
  await follow('Ann');
  await follow('Ann');
  await failsWith(current('Ann'), status.RESOURCE_EXHAUSTED);
  assert.deepEqual(await current('Bob'), { celsius: 4 });
});

for (const [what, city, code] of [
  ['complete', 'Oslo', undefined],
  ['failed', 'nowhere', status.NOT_FOUND],
] as const) {
  test(`calls that are ${what} do not count`, patience, async (t) => {
    const { current } = await limited(t);
    for (let made = 1; made <= 5; made++) {
      const got = await current('Ann', city).then(
        () => undefined,
        (error) => error.code,
      );
      assert.equal(
        got,
        code,
        `no other call is open, but call ${made} ended with ${status[got ?? 0]} instead of ${status[code ?? 0]}`,
      );
    }
  });
}

test('when a client leaves its streams, it may make others', patience, async (t) => {
  const { follow, open } = await limited(t);
  for (let round = 1; round <= 2; round++) {
    const streams = [await follow('Ann'), await follow('Ann')];
    await Promise.all(streams.map((stream) => stream.return?.()));
    await becomes(
      () => !open.get('Ann'),
      () => `Ann has left both of her streams, but ${open.get('Ann')} still count`,
    );
  }
});

test('refused calls do not count', patience, async (t) => {
  const { follow, current, open } = await limited(t);
  const streams = [await follow('Ann'), await follow('Ann')];
  for (let made = 0; made < 5; made++) await failsWith(current('Ann'), status.RESOURCE_EXHAUSTED);
  assert.equal(
    open.get('Ann'),
    2,
    `Ann has 2 open streams, and 5 calls were refused, but ${open.get('Ann')} count`,
  );
  await streams[0]?.return?.();
  await becomes(
    () => open.get('Ann') === 1,
    () => `Ann has left one of 2 streams, but ${open.get('Ann')} count`,
  );
  assert.deepEqual(await current('Ann'), { celsius: 4 });
});

test('callers without an open call are forgotten', patience, async (t) => {
  const { current, open } = await limited(t);
  for (const caller of ['Ann', 'Bob', 'Cem']) await current(caller);
  await becomes(
    () => open.size === 0,
    () => `no call is open, but the map still has ${[...open.keys()].join(', ')}`,
  );
});
