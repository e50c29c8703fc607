import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { defineService, StatusError } from 'grpc-iterables';
import { Health } from 'proto';
import type { HealthHandlers } from 'proto/gen/grpc/health/v1/Health';
import { attempt, event, expected, failsWith, patience, served } from '../harness.ts';

const { whenServing } = await attempt<typeof import('./start.ts')>(import.meta.url);

type Answer = 'SERVING' | 'NOT_SERVING' | 'SERVICE_UNKNOWN';
/** What a stream of Watch sends, and how it ends: with a status, or never. */
type Stream = [Answer[], status?];

/** A health service with a script for each call of Watch. The last script is also that of all later calls. */
async function healthThat(t: TestContext, ...streams: Stream[]) {
  const calls: number[] = [];
  const asked = event();
  const left = event();
  const missing = () => {
    throw new StatusError(status.UNIMPLEMENTED, 'not part of this exercise');
  };
  const health = defineService<HealthHandlers>(
    Health.service,
    {
      Check: missing,
      List: missing,
      async *Watch(_, { signal }) {
        const [answers, code] = streams[Math.min(calls.length, streams.length - 1)] ?? [[]];
        calls.push(performance.now());
        try {
          for (const answer of answers) yield { status: answer };
          asked.happen();
          if (code === status.OK) return;
          if (code !== undefined) throw new StatusError(code, 'the stream fails');
          if (!signal.aborted) await once(signal, 'abort');
        } finally {
          if (signal.aborted) left.happen();
        }
      },
    },
    { onError: () => {} },
  );
  const client = await served(t, health, Health);
  return { client, calls, asked: asked.happened, left: left.happened };
}

const never = new AbortController().signal;
const resolves = 'the service is SERVING, so whenServing must resolve';

test('it resolves when the service is SERVING, and leaves the stream', patience, async (t) => {
  const { client, left } = await healthThat(t, [['SERVING']]);
  await expected(whenServing(client, 'shop.Orders', never), resolves);
  await expected(left, 'nobody reads the stream any more, so its call must be cancelled');
});

test('it waits while the service has another status', patience, async (t) => {
  const { client, asked } = await healthThat(t, [['SERVICE_UNKNOWN', 'NOT_SERVING']]);
  let hasResolved = false;
  const giveUp = new AbortController();
  const waiting = whenServing(client, 'shop.Orders', giveUp.signal).then(
    () => {
      hasResolved = true;
    },
    () => {},
  );
  await asked;
  await delay(100);
  assert.ok(!hasResolved, 'the answers were SERVICE_UNKNOWN and NOT_SERVING, but whenServing has resolved');
  giveUp.abort();
  await expected(waiting, 'after an abort, whenServing must throw');
});

for (const [what, code] of [
  ['ends', status.OK],
  ['fails with UNAVAILABLE', status.UNAVAILABLE],
] as const) {
  test(`if the stream ${what}, it calls again after a pause`, patience, async (t) => {
    const { client, calls } = await healthThat(
      t,
      [['NOT_SERVING'], code],
      [[], code],
      [['NOT_SERVING', 'SERVING']],
    );
    await expected(whenServing(client, 'shop.Orders', never), resolves);
    assert.equal(
      calls.length,
      3,
      `the service was SERVING in the third stream, but there were ${calls.length} calls of Watch`,
    );
    const [first = 0, , third = 0] = calls;
    // A timer may fire a millisecond early.
    assert.ok(
      third - first >= 98,
      `there must be 50 ms between two calls, but three calls took ${Math.round(third - first)} ms`,
    );
  });
}

test('another error is thrown', patience, async (t) => {
  const { client, calls } = await healthThat(t, [[], status.UNIMPLEMENTED]);
  await failsWith(whenServing(client, 'shop.Orders', never), status.UNIMPLEMENTED);
  assert.equal(calls.length, 1, 'a server without a health service must not be asked again');
});

test('an abort ends the waiting', patience, async (t) => {
  const { client, asked, left } = await healthThat(t, [['NOT_SERVING']]);
  const giveUp = new AbortController();
  const waiting = whenServing(client, 'shop.Orders', giveUp.signal).then(
    () => assert.fail('the service is NOT_SERVING, but whenServing has resolved'),
    (error: unknown) => {
      if (error instanceof assert.AssertionError) throw error;
    },
  );
  await Promise.race([asked.then(() => delay(100)), waiting]);
  giveUp.abort();
  await expected(waiting, 'after an abort, whenServing must throw');
  await expected(left, 'after an abort, the call must be cancelled');
});
