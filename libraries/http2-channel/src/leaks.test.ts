// Calls leave no memory behind. `pnpm --filter http2-channel soak` makes 200,000 calls and cancels 100,000.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { soak } from '../test/soak.ts';

test('thousands of calls, ended and cancelled, leave no memory behind', { timeout: 120_000 }, async (t) => {
  const { called, cancelled, endings } = await soak(t, { calls: 3000, cancels: 1500 });
  assert.ok(called < 1_000_000, `${called} bytes after calls`);
  assert.ok(cancelled < 1_000_000, `${cancelled} bytes after cancelled calls`);
  for (const ending of Object.keys(endings)) assert.match(ending, EXPECTED);
});

// A server on Node closes a connection on which more than 1,000 calls are cancelled at once.
const EXPECTED = /^OK$|^CANCELLED: enough$|^UNAVAILABLE: .* the server ended it: INTERNAL_ERROR$/;
