import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { type IterableHandlers, StatusError } from 'grpc-iterables';
import { Greetering } from 'proto';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';
import { attempt, event, failsWith, greetering, patience, served } from '../harness.ts';

const { copies, storeInBoth } = await attempt<typeof import('./start.ts')>(import.meta.url);

type GreetEach = IterableHandlers<GreeteringHandlers>['GreetEach'];

/** Stores what it gets in `names`, once it has all. */
const stores =
  (names: string[], received: (name: string) => void = () => {}): GreetEach =>
  async (requests) => {
    const all: string[] = [];
    for await (const { name } of requests) {
      all.push(name);
      received(name);
    }
    names.push(...all);
    return { msg: `stored ${all.length}` };
  };

async function relay(t: TestContext, first: GreetEach, second: GreetEach) {
  const greeters = [];
  for (const GreetEach of [first, second])
    greeters.push(await served(t, greetering({ GreetEach }), Greetering));
  const [one, two] = greeters;
  assert.ok(one && two);
  return served(t, greetering({ GreetEach: storeInBoth(one, two) }), Greetering);
}

test('both stores get all, and the client is answered', patience, async (t) => {
  const [one, two]: string[][] = [[], []];
  const client = await relay(t, stores(one ?? []), stores(two ?? []));
  assert.deepEqual(await client.greetEach([{ name: 'Ann' }, { name: 'Bob' }]), { msg: 'stored 2' });
  assert.deepEqual(
    [one, two],
    [
      ['Ann', 'Bob'],
      ['Ann', 'Bob'],
    ],
  );
});

test('a message reaches both stores while the client still sends', patience, async (t) => {
  const [atOne, atTwo] = [event<string>(), event<string>()];
  const client = await relay(t, stores([], atOne.happen), stores([], atTwo.happen));
  async function* names() {
    yield { name: 'Ann' };
    assert.deepEqual(await Promise.all([atOne.happened, atTwo.happened]), ['Ann', 'Ann']);
  }
  assert.deepEqual(await client.greetEach(names()), { msg: 'stored 1' });
});

test('the slower copy slows down the source', patience, async () => {
  let taken = 0;
  async function* endless() {
    for (;;) {
      // The starting point would go on for ever.
      if (taken === 1000) throw new Error('1000 messages were taken, though one copy wants none');
      yield taken++;
    }
  }
  const [fast, slow] = (await copies(endless())).map((copy) => copy[Symbol.asyncIterator]());
  assert.ok(fast && slow);
  const ahead = fast.next();
  assert.deepEqual(await slow.next(), { done: false, value: 0 });
  assert.deepEqual(await ahead, { done: false, value: 0 });
  fast.next().catch(() => {});
  // As many turns as a source that is not held back would need.
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
  assert.ok(taken <= 2, `${taken} messages were taken, though one copy wants one`);
});

test('a store that fails fails the other one, and the client', patience, async (t) => {
  const names: string[] = [];
  const otherEnded = event<unknown>();
  const fails: GreetEach = async (requests) => {
    await requests.next();
    throw new StatusError(status.RESOURCE_EXHAUSTED, 'the disk is full');
  };
  const other: GreetEach = async (requests, context) => {
    try {
      return await stores(names)(requests, context);
    } catch (error) {
      otherEnded.happen(error);
      throw error;
    }
  };
  const client = await relay(t, fails, other);
  const over = event();
  async function* endless() {
    yield { name: 'Ann' };
    await over.happened;
  }
  await failsWith(client.greetEach(endless()), status.RESOURCE_EXHAUSTED);
  over.happen();
  await otherEnded.happened;
  assert.deepEqual(names, []);
});
