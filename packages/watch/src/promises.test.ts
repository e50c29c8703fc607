// Each promise of a watch by its name, and what happens where a promise ends, over real sockets.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { detailsOf } from 'errors';
import { StatusError } from 'grpc-iterables';
import {
  connectThroughRelay,
  connectTo,
  LIMITS,
  put,
  rawWatch,
  remove,
  short,
  startStore,
} from '../test/stores.ts';
import { memoryStore } from './memory-store.ts';

/** The code and the ErrorInfo of a call that fails. */
async function failureOf(call: Promise<unknown>) {
  const error = await call.then(
    () => assert.fail('it did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof StatusError, String(error));
  const info = detailsOf(error).find(({ type }) => type === 'ErrorInfo');
  return {
    code: error.code,
    details: error.details,
    reason: info?.type === 'ErrorInfo' ? info.reason : undefined,
    metadata: info?.type === 'ErrorInfo' ? { ...info.metadata } : {},
  };
}

describe('a watch is', () => {
  test('ordered: changes come in the order of their revisions', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    const watching = rawWatch(t, client, {});
    await watching.upTo(1);
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let round = 0; round < 50; round++) await put(client, `${writer}=${round}`);
    });
    const changes = await watching.upTo(401);
    await Promise.all(writers);
    const revisions = changes.map((line) => Number(line.split(' ')[0]));
    assert.deepEqual(
      revisions,
      Array.from({ length: 400 }, (_, index) => index + 2),
    );
  });

  test('unique: no change comes twice', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    for (let round = 0; round < 20; round++) await put(client, `a=${round}`);
    const watching = rawWatch(t, client, {});
    const state = (await watching.next()).changes.map(short);
    for (let round = 20; round < 40; round++) await put(client, `a=${round}`);
    const changes = [...state, ...(await watching.upTo(41))];
    assert.equal(changes.length, 21);
    assert.equal(new Set(changes).size, changes.length);
  });

  test('reliable: no change is left out, even if a key changes faster than its watcher reads', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    const watching = rawWatch(t, client, { prefix: 'a' });
    await watching.upTo(1);
    await Promise.all(Array.from({ length: 500 }, (_, round) => put(client, `a=${round}`, 'b=0')));
    const changes = await watching.upTo(501);
    const values = changes.map((line) => Number(line.split('=')[1]));
    assert.deepEqual(
      values.sort((a, b) => a - b),
      Array.from({ length: 500 }, (_, round) => round),
    );
  });

  test('atomic: all changes of a revision come in one response', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    const watching = rawWatch(t, client, {});
    await watching.upTo(1);
    const many = Array.from({ length: 128 }, (_, index) => `key ${index}`);
    for (let round = 0; round < 20; round++) await put(client, ...many.map((key) => `${key}=${round}`));
    const last = await remove(client, ...many);
    for (let reached = 0; reached < last; ) {
      const { changes, revision } = await watching.next();
      for (const each of new Set(changes.map((change) => change.revision))) {
        assert.equal(changes.filter((change) => change.revision === each).length, 128);
      }
      reached = Number(revision);
    }
  });

  test('resumable: a watch that was cut continues after the last revision that it had', async (t) => {
    const { address } = await startStore(t);
    const writer = connectTo(t, address);
    const { client, relay } = await connectThroughRelay(t, address);
    const watching = rawWatch(t, client, {});
    const { storeId } = await watching.next();
    await put(writer, 'a=1');
    const { revision } = await watching.next();
    relay.cut();
    await put(writer, 'a=2');
    await put(writer, 'a=3');
    await assert.rejects(watching.next(), { code: status.UNAVAILABLE });
    const again = rawWatch(t, client, { afterRevision: revision, storeId });
    assert.deepEqual(await again.upTo(4), ['3 a=2', '4 a=3']);
  });

  test('bookmarked: when nothing happens, a response without changes brings a newer revision to continue from', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    const watching = rawWatch(t, client, { prefix: 'quiet/', bookmarkMs: 100 });
    const { storeId } = await watching.next();
    for (let round = 0; round < 10; round++) await put(client, `loud=${round}`);
    let bookmark = await watching.next();
    while (bookmark.revision !== '11') bookmark = await watching.next();
    assert.deepEqual(bookmark.changes, []);
    await put(client, 'quiet/a=1');
    const again = rawWatch(t, client, { prefix: 'quiet/', afterRevision: 11, storeId });
    assert.deepEqual(await again.upTo(12), ['12 quiet/a=1']);
  });
});

describe('first the state, then the changes', () => {
  test('have no gap between them, while others write', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    let writing = true;
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let round = 0; writing; round++) await put(client, `${writer}=${round}`);
    });
    for (let attempt = 0; attempt < 20; attempt++) {
      const watching = rawWatch(t, client, {});
      const state = await watching.next();
      assert.notEqual(state.revision, '0');
      const next = await watching.next();
      assert.equal(Number(next.changes[0]?.revision), Number(state.revision) + 1);
      watching.cancel();
    }
    writing = false;
    await Promise.all(writers);
  });
  test('a state that is larger than a message comes in parts, of which the last one can be resumed from', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    const value = 'x'.repeat(200_000);
    for (let key = 0; key < 40; key++) await put(client, `${key}=${value}`);
    const watching = rawWatch(t, client, {});
    let keys = 0;
    let parts = 0;
    for (;;) {
      const { changes, revision } = await watching.next();
      keys += changes.length;
      parts++;
      if (revision === '0') continue;
      assert.equal(revision, '41');
      break;
    }
    assert.equal(keys, 40);
    assert.ok(parts > 10);
  });
});

describe('a watch cannot begin', () => {
  test('after a revision that is too old: OUT_OF_RANGE with the oldest one kept', async (t) => {
    const { address } = await startStore(t, { limits: { history: 5 } });
    const client = connectTo(t, address);
    const { storeId } = await rawWatch(t, client, {}).next();
    for (let round = 0; round < 10; round++) await put(client, `a=${round}`);
    const { code, reason, metadata } = await failureOf(
      rawWatch(t, client, { afterRevision: 3, storeId }).next(),
    );
    assert.deepEqual(
      { code, reason, metadata },
      { code: status.OUT_OF_RANGE, reason: 'COMPACTED', metadata: { oldest_revision: '6' } },
    );
    const changes = await rawWatch(t, client, { afterRevision: 6, storeId }).upTo(11);
    assert.equal(changes.length, 5);
  });
  test('after a revision of another store, or one that does not exist yet', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    const { storeId } = await rawWatch(t, client, {}).next();
    const other = await failureOf(rawWatch(t, client, { afterRevision: 1, storeId: 'other' }).next());
    assert.deepEqual([other.code, other.reason], [status.OUT_OF_RANGE, 'STORE_CHANGED']);
    const future = await failureOf(rawWatch(t, client, { afterRevision: 99, storeId }).next());
    assert.deepEqual([future.code, future.reason], [status.OUT_OF_RANGE, 'FUTURE_REVISION']);
  });
  test('with a request that makes no sense: INVALID_ARGUMENT, which names the field', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    for (const [request, details] of [
      [{ afterRevision: 1 }, 'store_id is needed with after_revision'],
      [{ bookmarkMs: 5 }, 'bookmark_ms is 5, 100 to 3600000 are allowed'],
      [{ bookmarkMs: 4_294_967_295 }, 'bookmark_ms is 4294967295, 100 to 3600000 are allowed'],
      [{ prefix: 'a\u001b[2J' }, 'prefix must not contain control characters'],
      [
        { afterRevision: '18446744073709551615', storeId: 'x' },
        'after_revision is 18446744073709551615, at most 2 ** 53 - 1 is allowed',
      ],
    ] as const) {
      const failure = await failureOf(rawWatch(t, client, request).next());
      assert.deepEqual([failure.code, failure.details], [status.INVALID_ARGUMENT, details]);
    }
  });
});

describe('a watcher that does not read', () => {
  const value = 'x'.repeat(100_000);

  test('ends with RESOURCE_EXHAUSTED when the history has moved past it, and others miss nothing', async (t) => {
    const { address } = await startStore(t, { limits: { history: 20 } });
    const client = connectTo(t, address);
    const slow = rawWatch(t, client, {});
    const quick = rawWatch(t, connectTo(t, address), {});
    await slow.next();
    await quick.next();
    for (let round = 0; round < 100; round++) {
      const revision = await put(client, `a=${value}`);
      assert.equal((await quick.upTo(revision)).length, 1);
    }
    const { code, reason, details } = await failureOf(slow.upTo(101));
    assert.deepEqual([code, reason], [status.RESOURCE_EXHAUSTED, 'TOO_SLOW']);
    assert.match(details, /^reads too slowly: it has read up to revision \d+/);
  });
  test('gets the latest change of each key, if it asks for that', async (t) => {
    const { address } = await startStore(t, { limits: { history: 20 } });
    const client = connectTo(t, address);
    const slow = rawWatch(t, client, { whenSlow: 'LATEST' });
    await slow.next();
    await put(client, 'early=1');
    for (let round = 0; round < 100; round++) await put(client, `a=${value}${round}`);
    const changes = await slow.upTo(102);
    assert.ok(changes.length < 101, `it has read ${changes.length} changes`);
    assert.equal(changes[0], '2 early=1');
    assert.equal(changes.at(-1), `102 a=${value}99`);
    const revisions = changes.map((line) => Number(line.split(' ')[0]));
    assert.deepEqual(
      revisions,
      [...new Set(revisions)].sort((a, b) => a - b),
    );
  });
});

describe('the store', () => {
  test('puts, gets, lists and deletes keys, each with its revision', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    assert.equal(await put(client, 'b=1', 'a=1'), 2);
    assert.equal(await put(client, 'c=1'), 3);
    const { entry } = await client.get({ key: 'a' });
    assert.deepEqual([String(entry?.value), entry?.revision], ['1', '2']);
    const listed: string[] = [];
    for await (const { entries, revision } of client.list({ prefix: '' })) {
      assert.equal(revision, '3');
      listed.push(...entries.map(({ key }) => key));
    }
    assert.deepEqual(listed, ['b', 'a', 'c']);
    const { revision, deleted } = await client.delete({ keys: ['a', 'c', 'none'] });
    assert.deepEqual([revision, deleted], ['4', 2]);
    assert.equal((await client.delete({ keys: ['none'] })).revision, '4');
    await assert.rejects(client.get({ key: 'a' }), { code: status.NOT_FOUND, details: 'no key "a"' });
  });
  test('refuses keys and values that it cannot keep, and says why', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    const value = Buffer.alloc(0);
    for (const [entries, details] of [
      [[], 'entries has 0 keys, 1 to 128 are allowed'],
      [[{ key: '', value }], 'entries[0].key must not be empty'],
      [[{ key: 'a\nb', value }], 'entries[0].key must not contain control characters'],
      [[{ key: 'x'.repeat(513), value }], 'entries[0].key has 513 bytes, at most 512 are allowed'],
      [
        [{ key: 'a', value: Buffer.alloc(300_000) }],
        'entries[0].value has 300000 bytes, at most 262144 are allowed',
      ],
      [
        [
          { key: 'a', value },
          { key: 'a', value },
        ],
        'entries has "a" twice',
      ],
    ] as const) {
      const failure = await failureOf(client.put({ entries: [...entries] }));
      assert.deepEqual([failure.code, failure.details], [status.INVALID_ARGUMENT, details]);
    }
    await assert.rejects(client.delete({ keys: [] }), { code: status.INVALID_ARGUMENT });
  });
  test('that is full refuses new keys with RESOURCE_EXHAUSTED, and accepts what makes room', async (t) => {
    const { address } = await startStore(t, { limits: { space: 1000 } });
    const client = connectTo(t, address);
    await put(client, `a=${'x'.repeat(800)}`);
    await assert.rejects(put(client, 'b=1'), { code: status.RESOURCE_EXHAUSTED });
    await put(client, 'a=1');
    await put(client, 'b=1');
  });
  test('keeps of a Put only the values, and not the message that they came in', async () => {
    const store = memoryStore(LIMITS);
    const message = Buffer.alloc(1000, 'value');
    await store.put([{ key: 'a', value: message.subarray(0, 5) }]);
    const { value } = (await store.current()).get('a') ?? {};
    assert.equal(String(value), 'value');
    assert.equal(value?.buffer.byteLength, 5);
  });
  test('that shuts down ends its watches at once', async (t) => {
    const server = await startStore(t);
    const watching = rawWatch(t, connectTo(t, server.address), {});
    await watching.next();
    const failure = failureOf(watching.next());
    await server.stop();
    assert.deepEqual((await failure).details, 'the server is shutting down');
  });
});
