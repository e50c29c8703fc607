import assert from 'node:assert/strict';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { richStatus } from 'errors';
import { tryUntilDone } from './trying.ts';

test('a server that asks to wait for longer than a timer takes is not asked again at once', async () => {
  const stop = new AbortController();
  const waits: number[] = [];
  const trying = tryUntilDone(
    {
      signal: stop.signal,
      onLost(_, retryIn) {
        waits.push(retryIn);
        stop.abort();
      },
    },
    async () => {
      const retryDelay = { seconds: 99_999_999, nanos: 0 };
      throw richStatus(status.RESOURCE_EXHAUSTED, 'later', [{ type: 'RetryInfo', retryDelay }]);
    },
  );
  await assert.rejects(trying, { code: status.RESOURCE_EXHAUSTED });
  assert.deepEqual(waits, [60_000]);
});
