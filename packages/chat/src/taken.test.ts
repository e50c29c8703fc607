import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newTaken } from './taken.ts';

test('a message is new once, for the last 100,000 senders that spoke', () => {
  const taken = newTaken();
  assert.ok(taken.take('ann', 1));
  for (let other = 1; other < 100_000; other++) taken.take(`other ${other}`, 1);
  assert.equal(taken.upTo('ann'), 1);
  assert.ok(!taken.take('ann', 1));
  for (let other = 0; other < 100_000; other++) taken.take(`another ${other}`, 1);
  assert.equal(taken.upTo('ann'), 0);
});
