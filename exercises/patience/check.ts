import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { richStatus } from 'errors';
import { StatusError } from 'grpc-iterables';
import { Greetering } from 'proto';
import { attempt, event, failsWith, greetering, patience, served } from '../harness.ts';

const { patiently } = await attempt<typeof import('./start.ts')>(import.meta.url);

const busy = (milliseconds: number) =>
  richStatus(status.RESOURCE_EXHAUSTED, 'busy', [
    {
      type: 'RetryInfo',
      retryDelay: { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1e6 },
    },
  ]);
const never = new AbortController().signal;

/** A greeter that fails with each of the errors in turn, and then greets; and when it was called. */
async function greeterThat(t: TestContext, ...errors: Error[]) {
  const calls: number[] = [];
  const called = event();
  const client = await served(
    t,
    greetering({
      async Hello({ name }) {
        calls.push(performance.now());
        called.happen();
        const error = errors.shift();
        if (error) throw error;
        return { msg: name };
      },
    }),
    Greetering,
  );
  return { hello: () => client.hello({ name: 'Ann' }), calls, called: called.happened };
}

test('it waits as long as the server says, and then succeeds', patience, async (t) => {
  const { hello, calls } = await greeterThat(t, busy(50), busy(150));
  assert.deepEqual(await patiently(hello, 5, never), { msg: 'Ann' });
  const [first = 0, second = 0, third = 0] = calls;
  // A timer may fire a millisecond early.
  assert.ok(second - first >= 49, `waited ${Math.round(second - first)} ms, but the server said 50 ms`);
  assert.ok(third - second >= 149, `waited ${Math.round(third - second)} ms, but the server said 150 ms`);
});

test('it stops after `attempts` calls, with the last error', patience, async (t) => {
  const { hello, calls } = await greeterThat(t, busy(1), busy(1), busy(1), busy(1));
  await failsWith(patiently(hello, 3, never), status.RESOURCE_EXHAUSTED);
  assert.equal(calls.length, 3);
});

test('an error without RetryInfo is thrown at once', patience, async (t) => {
  const { hello, calls } = await greeterThat(t, new StatusError(status.PERMISSION_DENIED, 'no'));
  await failsWith(patiently(hello, 3, never), status.PERMISSION_DENIED);
  assert.equal(calls.length, 1);
});

test('an abort ends the waiting', patience, async (t) => {
  const { hello, calls, called } = await greeterThat(t, busy(3_600_000));
  const controller = new AbortController();
  const waiting = assert.rejects(patiently(hello, 3, controller.signal));
  await called;
  controller.abort();
  await waiting;
  assert.equal(calls.length, 1);
});
