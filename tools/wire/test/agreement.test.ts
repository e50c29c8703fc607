import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scenarios } from '../scenarios/scenarios.ts';
import { newComparison } from './agreement.ts';
import { whyNoTshark } from './tshark.ts';

// `pnpm wire:agree` does the same with every demo.
test('tshark sees the same frames, headers, codes, windows and messages in every kind of call and ending', {
  skip: whyNoTshark() ?? false,
  timeout: 60_000,
}, async (t) => {
  const comparison = newComparison(t);
  for (const scenario of scenarios) await comparison.play(scenario);
  assert.ok((await comparison.check()) > 150);
});
