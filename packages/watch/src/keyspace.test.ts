import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Batch } from './changes.ts';
import { type Keyspace, newKeyspace } from './keyspace.ts';
import type { WatchOptions } from './watchers.ts';

const LIMITS = { changes: 10, bytes: 2 ** 20 };

/** Each of `KEY=VALUE` or `KEY` (deleted) in the next revision. */
function change(keys: Keyspace, ...pairs: string[]): void {
  const revision = keys.revision + 1;
  const changes = pairs.map((pair) => {
    const [key = '', value] = pair.split('=');
    return { key, value: Buffer.from(value ?? ''), deleted: value === undefined, revision };
  });
  keys.apply({ revision, changes });
}

function lines(batch: Batch | undefined): string[] | undefined {
  return batch?.changes.map(
    ({ key, value, deleted, revision }) => `${revision} ${key}${deleted ? ' gone' : `=${value}`}`,
  );
}

function watching(keys: Keyspace, options: Partial<WatchOptions> = {}) {
  const woken = { times: 0 };
  const watcher = keys.watch({
    prefix: '',
    after: keys.revision,
    whenSlow: 'end',
    wake: () => woken.times++,
    ...options,
  });
  return { ...watcher, woken };
}

describe('a keyspace', () => {
  test('has the latest value of each key, and not those that are deleted', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    change(keys, 'a=1', 'b=1');
    change(keys, 'a=2');
    change(keys, 'b');
    assert.equal(String(keys.get('a')?.value), '2');
    assert.equal(keys.get('b'), undefined);
  });
  test('counts the bytes of its keys and values, and no others', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    for (let round = 0; round < 100; round++) change(keys, `a=${round % 10}`, 'b=1');
    change(keys, 'b');
    const fresh = newKeyspace('id', 1, LIMITS);
    change(fresh, 'a=9');
    assert.equal(keys.bytes, fresh.bytes);
  });
  test('forgets deleted keys after a while, so that it does not grow with them', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    for (let round = 0; round < 1000; round++) {
      change(keys, `${round}=1`);
      change(keys, `${round}`);
    }
    assert.equal(keys.bytes, 0);
    assert.throws(() => keys.watch({ prefix: '', after: 1900, whenSlow: 'latest', wake: () => {} }), {
      reason: 'COMPACTED',
    });
  });
});

describe('a watcher', () => {
  test('gets the state in order of revisions, as it was at one revision, then what follows', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    change(keys, 'a=1');
    change(keys, 'b=1');
    change(keys, 'a=2');
    const watcher = watching(keys, { after: 0 });
    change(keys, 'c=1');
    assert.deepEqual(lines(watcher.read()), ['3 b=1', '4 a=2']);
    assert.deepEqual(lines(watcher.read()), ['5 c=1']);
    assert.equal(watcher.read(), undefined);
  });
  test('is woken only by keys that it watches, and once until it reads', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    const watcher = watching(keys, { prefix: 'a/' });
    change(keys, 'b/1=1');
    assert.equal(watcher.woken.times, 0);
    change(keys, 'a/1=1', 'b/2=1');
    change(keys, 'a/2=1');
    assert.equal(watcher.woken.times, 1);
    assert.deepEqual(lines(watcher.read()), ['3 a/1=1', '4 a/2=1']);
  });
  test('that has nothing to read is never too slow, however many other keys change', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    const watcher = watching(keys, { prefix: 'a' });
    for (let round = 0; round < 100; round++) change(keys, 'b=1');
    assert.equal(watcher.read(), undefined);
    change(keys, 'a=1');
    assert.deepEqual(lines(watcher.read()), ['102 a=1']);
  });
  test('that is further behind than the history reaches is too slow', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    const watcher = watching(keys);
    for (let round = 0; round < 11; round++) change(keys, 'a=1');
    assert.throws(() => watcher.read(), { reason: 'TOO_SLOW' });
  });
  test('gets the latest change of each key instead, deletions too, if it asks for that', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    change(keys, 'a=0', 'b=0', 'c=0');
    const watcher = watching(keys, { whenSlow: 'latest' });
    change(keys, 'b');
    for (let round = 1; round <= 20; round++) change(keys, `a=${round}`);
    assert.deepEqual(lines(watcher.read()), ['3 b gone', '23 a=20']);
    change(keys, 'c=1');
    assert.deepEqual(lines(watcher.read()), ['24 c=1']);
  });
  test('is too slow for that as well when the store has forgotten deletions that it has not read', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    for (let round = 0; round < 20; round++) change(keys, `${round}=1`);
    const watcher = watching(keys, { whenSlow: 'latest' });
    for (let round = 0; round < 20; round++) change(keys, `${round}`);
    assert.throws(() => watcher.read(), { reason: 'TOO_SLOW' });
  });
  test('that does not read its state keeps nothing alive that the history has dropped', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    for (let round = 0; round < 5000; round++) change(keys, `${round}=1`);
    const stuck = watching(keys, { after: 0 });
    const patient = watching(keys, { after: 0, whenSlow: 'latest' });
    assert.equal(stuck.read()?.revision, 0);
    assert.equal(patient.read()?.revision, 0);
    for (let round = 0; round < 11; round++) change(keys, 'hot=1');
    assert.throws(() => stuck.read(), { reason: 'TOO_SLOW' });
    let read = 1000;
    let last: Batch | undefined;
    do {
      last = patient.read();
      read += last?.changes.length ?? 0;
    } while (last?.revision === 0);
    assert.equal(read, 5001, 'the other one continues with the latest changes, and gets each key once');
  });
  test('gets all changes of a revision at once, however many there are', () => {
    const keys = newKeyspace('id', 1, { changes: 10_000, bytes: 2 ** 30 });
    const watcher = watching(keys);
    for (let round = 0; round < 30; round++)
      change(keys, ...Array.from({ length: 99 }, (_, index) => `${round}/${index}=1`));
    for (const reader of [watcher, watching(keys, { after: 0 })]) {
      let read = 0;
      for (let batch = reader.read(); batch; batch = reader.read()) {
        assert.equal(batch.changes.length % 99, 0);
        read += batch.changes.length;
      }
      assert.equal(read, 30 * 99);
    }
  });
  test('cannot begin after a revision that is not kept, or does not exist', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    for (let round = 0; round < 20; round++) change(keys, 'a=1');
    assert.throws(() => watching(keys, { after: 5 }), {
      reason: 'COMPACTED',
      facts: { oldest_revision: '11' },
    });
    assert.deepEqual(lines(watching(keys, { after: 11 }).read())?.length, 10);
    assert.throws(() => watching(keys, { after: 22 }), { reason: 'FUTURE_REVISION' });
  });
  test('that is closed is never woken', () => {
    const keys = newKeyspace('id', 1, LIMITS);
    const watcher = watching(keys);
    watcher.close();
    change(keys, 'a=1');
    assert.equal(watcher.woken.times, 0);
  });
});
