import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { all } from '../test/programs.ts';
import { mailbox } from './mailbox.ts';

const overflow = () => new Error('too slow');

describe('a mailbox', () => {
  test('brings what was put before and during its reading, in order, and then ends', async () => {
    const box = mailbox<number>(10, overflow);
    box.put(1);
    const reading = all(box);
    box.put(2);
    setImmediate(() => {
      box.put(3);
      box.end();
    });
    assert.deepEqual(await reading, [1, 2, 3]);
  });
  test('holds as many as its limit; one more ends it with the overflow, after those that fit', async () => {
    const box = mailbox<number>(2, overflow);
    for (const number of [1, 2, 3, 4]) box.put(number);
    const read: number[] = [];
    await assert.rejects(async () => {
      for await (const number of box) read.push(number);
    }, /too slow/);
    assert.deepEqual(read, [1, 2]);
  });
  test('only its first end counts', async () => {
    const box = mailbox<number>(2, overflow);
    box.end(new Error('first'));
    box.end();
    box.put(1);
    await assert.rejects(all(box), /first/);
  });
});
