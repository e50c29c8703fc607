import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { defineService, StatusError } from 'grpc-iterables';
import { exercises } from 'proto';
import type { WeatherHandlers } from 'proto/gen/exercises/Weather';
import { attempt, event, expected, failsWith, patience, served } from '../harness.ts';

const { weatherProxy } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A client of the proxy, and what the server behind it sees. */
async function behindProxy(t: TestContext) {
  const left = event();
  const deadlines: (Date | undefined)[] = [];
  const weather = defineService<WeatherHandlers>(exercises.Weather.service, {
    async Current({ city }, { deadline }) {
      deadlines.push(deadline);
      if (city !== 'Oslo') throw new StatusError(status.NOT_FOUND, `no station in "${city}"`);
      return { celsius: 4 };
    },
    async *Follow({ city }, { signal }) {
      if (city !== 'Oslo') throw new StatusError(status.NOT_FOUND, `no station in "${city}"`);
      yield { celsius: 4 };
      if (!signal.aborted) await once(signal, 'abort');
      left.happen();
    },
  });
  const server = await served(t, weather, exercises.Weather);
  const client = await served(t, weatherProxy(server), exercises.Weather);
  return { client, left: left.happened, deadlines };
}

test('messages pass through', patience, async (t) => {
  const { client } = await behindProxy(t);
  assert.deepEqual(await client.current({ city: 'Oslo' }), { celsius: 4 });
});

test('an error passes through with its status and its text', patience, async (t) => {
  const { client } = await behindProxy(t);
  await failsWith(client.current({ city: 'Bergen' }), status.NOT_FOUND, /Bergen/);
  await failsWith(client.follow({ city: 'Bergen' }).next(), status.NOT_FOUND, /Bergen/);
});

test('if the client leaves, the server hears of it', patience, async (t) => {
  const { client, left } = await behindProxy(t);
  for await (const _ of client.follow({ city: 'Oslo' })) break;
  await expected(left, 'the call to the server must be cancelled when the client has left');
});

test('the server gets the deadline of the client', patience, async (t) => {
  const { client, deadlines } = await behindProxy(t);
  await client.current({ city: 'Oslo' }, { deadline: new Date(Date.now() + 60_000) });
  assert.ok(deadlines[0], 'the server must get a deadline');
});
