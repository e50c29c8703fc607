import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { brokenBytes } from './broken-bytes.ts';
import { manyStreams, shortCalls, transfer } from './loads.ts';

const guard = { timeout: 60_000 };

// `pnpm wire:faults` does the same, and much more of it.
describe('nothing is lost or altered', () => {
  test('with many streams in one connection', guard, (t) => manyStreams(t, 100));
  test('with many short calls', guard, (t) => shortCalls(t, 200));
  test('in a large transfer', guard, (t) => transfer(t, 16));
  test('when bytes are cut anywhere, and broken anywhere', guard, async (t) => {
    assert.ok((await brokenBytes(t, 100, 1)) > 50);
  });
});
