import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ClientStream } from 'proto';
import { attempt, event, expected, patience, served } from '../harness.ts';

const { enoughService } = await attempt<typeof import('./start.ts')>(import.meta.url);

test('a client that finishes below the limit gets the sum of all numbers', patience, async (t) => {
  const client = await served(t, enoughService(100n), ClientStream);
  assert.deepEqual(await client.sum([{ data: 1 }, { data: 2 }]), { sum: '3' });
  assert.deepEqual(await client.sum([]), { sum: '0' });
});

test('a client that never finishes gets the answer at the limit, and stops sending', patience, async (t) => {
  const client = await served(t, enoughService(100n), ClientStream);
  const stopped = event();
  async function* measurements() {
    try {
      for (;;) {
        yield { data: 30 };
        await delay(1);
      }
    } finally {
      stopped.happen();
    }
  }
  const answer = expected(client.sum(measurements()), 'the server must answer when the sum reaches 100');
  assert.deepEqual(await answer, { sum: '120' });
  await expected(stopped.happened, 'the client must stop sending after the answer');
});
