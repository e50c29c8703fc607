import assert from 'node:assert/strict';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { attempt, expected, failsWith, patience } from '../harness.ts';

const { Outbox } = await attempt<typeof import('./start.ts')>(import.meta.url);

test('messages are read in order', patience, async () => {
  const outbox = new Outbox<string>(3);
  for (const message of ['a', 'b', 'c']) outbox.put(message);
  const read = outbox.read();
  const messages = [await read.next(), await read.next(), await read.next()].map(({ value }) => value);
  assert.deepEqual(messages, ['a', 'b', 'c']);
});

test('a reader waits for the next message', patience, async () => {
  const outbox = new Outbox<string>(3);
  const next = outbox.read().next();
  outbox.put('a');
  const { value } = await expected(next, 'the reader must get a message that is put while it waits');
  assert.equal(value, 'a');
});

test('a reader that is quick enough gets more messages than the limit', patience, async () => {
  const outbox = new Outbox<number>(2);
  const read = outbox.read();
  for (let message = 0; message < 10; message++) {
    outbox.put(message);
    assert.equal((await read.next()).value, message, 'a reader that reads every message must not be refused');
  }
});

test('a reader that is too slow is refused, and its messages are forgotten', patience, async () => {
  const outbox = new Outbox<number>(2);
  const read = outbox.read();
  for (let message = 0; message < 1000; message++) outbox.put(message);
  assert.ok(outbox.waiting.length <= 2, `the limit is 2 messages, but ${outbox.waiting.length} are waiting`);
  await failsWith(read.next(), status.RESOURCE_EXHAUSTED);
});
