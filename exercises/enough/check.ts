import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { ClientStream } from 'proto';
import { attempt, event, patience, served } from '../harness.ts';

const { enoughService } = await attempt<typeof import('./start.ts')>(import.meta.url);

test('a client that finishes before gets the sum of all', patience, async (t) => {
  const client = await served(t, enoughService(100n), ClientStream);
  assert.deepEqual(await client.sum([{ data: 1 }, { data: 2 }]), { sum: '3' });
  assert.deepEqual(await client.sum([]), { sum: '0' });
});

test('a client that never finishes is answered at the limit, and stops sending', patience, async (t) => {
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
  assert.deepEqual(await client.sum(measurements()), { sum: '120' });
  await stopped.happened;
});
