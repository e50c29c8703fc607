import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { connect, defineService, serve } from 'grpc-iterables';
import { exercises } from 'proto';
import type { WeatherHandlers } from 'proto/gen/exercises/Weather';
import { attempt, event, expected, patience } from '../harness.ts';

const { stopOnSigterm } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A server that stops on SIGTERM, a client of it, and what has happened so far. */
async function stoppable(t: TestContext, notice: number) {
  const signals = new EventEmitter();
  const happened: string[] = [];
  const enough = event();
  const weather = defineService<WeatherHandlers>(exercises.Weather.service, {
    Current: async () => ({ celsius: 4 }),
    async *Follow() {
      yield { celsius: 4 };
      await enough.happened;
      yield { celsius: 5 };
    },
  });
  const server = await serve([weather], { gracePeriod: 3000 });
  const client = connect(exercises.Weather, server.address);
  const shutdown = () => {
    happened.push('shutdown');
    return server.shutdown();
  };
  const stopped = stopOnSigterm(signals, { shutdown }, () => happened.push('NOT_SERVING'), notice).then(
    () => {
      happened.push('stopped');
    },
  );
  t.after(() => {
    enough.happen();
    void client.close();
    return server.shutdown();
  });
  // The first call waits for the connection.
  await client.current({ city: 'Oslo' });
  const sigterm = () => signals.emit('SIGTERM');
  return { client, signals, sigterm, happened, stopped, enough: enough.happen };
}

function inOrder(happened: string[]): void {
  const wanted = ['NOT_SERVING', 'shutdown', 'stopped'];
  assert.deepEqual(
    happened,
    wanted,
    `the order must be: ${wanted.join(', ')}. It was: ${happened.join(', ')}`,
  );
}

test('nothing happens before SIGTERM', patience, async (t) => {
  const { client, happened } = await stoppable(t, 100);
  await client.current({ city: 'Oslo' });
  assert.deepEqual(happened, [], `there was no SIGTERM, but this has happened: ${happened.join(', ')}`);
});

test('it says NOT_SERVING at once, and shuts down after the notice', patience, async (t) => {
  const { sigterm, happened, stopped } = await stoppable(t, 300);
  const begun = performance.now();
  sigterm();
  await delay(50);
  assert.deepEqual(
    happened,
    ['NOT_SERVING'],
    `50 ms after SIGTERM, in the notice of 300 ms, this must have happened: NOT_SERVING. It was: ${happened.join(', ') || 'nothing'}`,
  );
  await expected(stopped, 'no call is open, so the server must stop after the notice');
  const took = Math.round(performance.now() - begun);
  assert.ok(took >= 298, `the notice is 300 ms, but the server stopped after ${took} ms`);
  inOrder(happened);
});

test('calls are accepted during the notice', patience, async (t) => {
  const { client, sigterm } = await stoppable(t, 1000);
  sigterm();
  await delay(50);
  const answer = await client.current({ city: 'Oslo' }).catch((error) => String(error));
  assert.deepEqual(answer, { celsius: 4 }, `a call in the notice must be answered, but it failed: ${answer}`);
});

test('an open stream may finish', patience, async (t) => {
  const { client, sigterm, stopped, enough } = await stoppable(t, 100);
  const readings = client.follow({ city: 'Oslo' });
  await readings.next();
  sigterm();
  await delay(200);
  enough();
  const { value } = await expected(readings.next(), 'the stream is in the grace period, so it must continue');
  assert.deepEqual(value, { celsius: 5 });
  assert.ok((await readings.next()).done);
  await expected(stopped, 'the last call has ended, so the server must stop');
});

test('a second SIGTERM ends the notice', patience, async (t) => {
  const { sigterm, happened, stopped } = await stoppable(t, 60_000);
  sigterm();
  await delay(50);
  sigterm();
  await expected(stopped, 'the second SIGTERM ends the notice, so the server must stop');
  inOrder(happened);
});

test('no listener is left behind', patience, async (t) => {
  const { signals, sigterm, stopped } = await stoppable(t, 10);
  sigterm();
  await expected(stopped, 'no call is open, so the server must stop');
  const count = signals.listenerCount('SIGTERM');
  assert.equal(count, 0, `the server has stopped, but ${count} listeners still wait for SIGTERM`);
});
