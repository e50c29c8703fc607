// A short run of `pnpm watch:check`.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { whyNoBroker } from 'cli/broker';
import { type Report, run } from './run.ts';

function account({ acknowledged, received, faults, violations }: Report, changes: number): void {
  assert.deepEqual(violations.slice(0, 5), []);
  assert.ok(acknowledged >= changes);
  assert.ok(received >= changes);
  assert.ok(Object.values(faults).reduce((sum, times) => sum + times, 0) > 0);
}

describe('the six promises hold', () => {
  test('while a server is killed and stopped and connections are cut', async () => {
    account(await run({ changes: 2000, faults: 5, seed: 5, broker: false }), 2000);
  });
  test('while two servers and their broker are killed', { skip: whyNoBroker() ?? false }, async () => {
    account(await run({ changes: 1000, faults: 5, seed: 7, broker: true }), 1000);
  });
});
