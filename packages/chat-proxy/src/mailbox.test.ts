import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { all } from '../test/programs.ts';
import { mailbox } from './mailbox.ts';

const newMailbox = (messages: number) =>
  mailbox<number>(
    { messages, characters: 1000 },
    (number) => number,
    () => new Error('too slow'),
  );

describe('a mailbox', () => {
  test('yields messages from before and during the reading, in order, and then ends', async () => {
    const box = newMailbox(10);
    box.put(1);
    const reading = all(box);
    box.put(2);
    setImmediate(() => {
      box.put(3);
      box.end();
    });
    assert.deepEqual(await reading, [1, 2, 3]);
  });
  test('holds as many messages as its limit; one more ends it with the overflow, after those that fit', async () => {
    const box = newMailbox(2);
    for (const number of [1, 2, 3, 4]) box.put(number);
    const read: number[] = [];
    await assert.rejects(async () => {
      for await (const number of box) read.push(number);
    }, /too slow/);
    assert.deepEqual(read, [1, 2]);
  });
  test('holds as many characters as its limit; reading makes room', async () => {
    const box = newMailbox(10);
    box.put(900);
    box.put(100);
    const reading = box[Symbol.asyncIterator]();
    assert.deepEqual(await reading.next(), { done: false, value: 900 });
    for (const number of [900, 1]) box.put(number);
    for (const value of [100, 900]) assert.deepEqual(await reading.next(), { done: false, value });
    await assert.rejects(reading.next(), /too slow/);
  });
  test('only its first end counts', async () => {
    const box = newMailbox(2);
    box.end(new Error('first'));
    box.end();
    box.put(1);
    await assert.rejects(all(box), /first/);
  });
});
