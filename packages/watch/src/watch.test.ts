// The client's helper: what its reader gets, whatever breaks.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { serve } from 'grpc-iterables';
import { connectThroughRelay, connectTo, helped, put, remove, startStore } from '../test/stores.ts';
import { memoryStore } from './memory-store.ts';
import { watch } from './watch.ts';

describe('the reader of a watch', () => {
  test('gets the state, then each change', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    await put(client, 'a=1', 'b=1');
    const watching = helped(t, client, { prefix: 'a' });
    assert.deepEqual(await watching.until(/state/), ['2 a=1', '2 state']);
    await put(client, 'a=2', 'b=2');
    await remove(client, 'a');
    assert.deepEqual(await watching.until(/gone/), ['3 a=2', '4 a gone']);
  });

  test('sees each change once and in order, however often the connection is cut', async (t) => {
    const { address } = await startStore(t);
    const writer = connectTo(t, address);
    const { client, relay } = await connectThroughRelay(t, address);
    const watching = helped(t, client);
    await watching.until(/state/);
    const seen: string[] = [];
    for (let cut = 0; cut < 10; cut++) {
      for (let round = 0; round < 20; round++) {
        await put(writer, `a=${cut * 20 + round}`);
        // In the middle of what is under way.
        if (round === 10) relay.cut();
      }
      seen.push(...(await watching.until(new RegExp(`=${cut * 20 + 19}$`))));
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 200 }, (_, index) => `${index + 2} a=${index}`),
    );
    assert.ok(watching.losses.length >= 10);
  });

  test('gets what is gone and what is new, and nothing twice, after it was away for too long', async (t) => {
    const { address } = await startStore(t, { limits: { history: 5 } });
    const writer = connectTo(t, address);
    const { client, relay } = await connectThroughRelay(t, address);
    await put(writer, 'kept=1');
    await put(writer, 'gone=1');
    await put(writer, 'changed=1');
    const watching = helped(t, client);
    await watching.until(/state/);
    relay.cut();
    for (let round = 0; round < 10; round++) await put(writer, `changed=${round}`);
    await remove(writer, 'gone');
    await put(writer, 'new=1');
    assert.deepEqual(await watching.until(/state/), ['14 changed=9', '16 new=1', '16 gone gone', '16 state']);
    assert.match(watching.losses.at(-1) ?? '', /^changes after revision 4 are not kept any more/);
  });

  test('gets what is gone after the server lost its store and counts from the beginning again', async (t) => {
    const before = await startStore(t);
    const watcher = connectTo(t, before.address);
    await put(watcher, 'gone=1');
    await put(watcher, 'same=1');
    const watching = helped(t, watcher);
    await watching.until(/state/);
    await before.stop();
    await startStore(t, {
      port: before.port,
      async open(limits) {
        const store = memoryStore(limits);
        await store.put([{ key: 'same', value: Buffer.from('1') }]);
        return store;
      },
    });
    assert.deepEqual(await watching.until(/state/), ['2 same=1', '2 gone gone', '2 state']);
  });

  test('gets each key once when the connection breaks in the middle of the state', async (t) => {
    const { address } = await startStore(t);
    const writer = connectTo(t, address);
    const { client, relay } = await connectThroughRelay(t, address);
    const value = 'x'.repeat(200_000);
    for (let key = 0; key < 40; key++) await put(writer, `${key}=${value}`);
    const watching = helped(t, client);
    const first = await watching.until(/ 3=/);
    relay.cut();
    const rest = await watching.until(/state/);
    assert.equal(new Set([...first, ...rest]).size, 41);
    assert.equal(first.length + rest.length, 41);
    assert.ok(watching.losses.length > 0);
  });

  test('continues with a new call when a connection becomes silent', async (t) => {
    const { address } = await startStore(t);
    const writer = connectTo(t, address);
    const { client, relay } = await connectThroughRelay(t, address);
    const watching = helped(t, client, {
      bookmarkInterval: 100,
      // An operating system closes a dead connection like this, but only after minutes.
      onLost: ({ details }) => {
        watching.losses.push(details);
        relay.cut();
      },
    });
    await watching.until(/state/);
    relay.silence();
    await put(writer, 'a=1');
    assert.deepEqual(await watching.until(/a=1/), ['2 a=1']);
    assert.equal(watching.losses[0], 'the server was silent for 300 ms');
  });

  test('may be slow: a slow reader is not a silent server', async (t) => {
    const { address } = await startStore(t);
    const client = connectTo(t, address);
    const slow = helped(t, client, { bookmarkInterval: 100 });
    await slow.until(/state/);
    const clock = helped(t, client, { prefix: 'clock', bookmarkInterval: 100 });
    await clock.until(/state/);
    // Longer than the limit for silence.
    const ends = setTimeout(() => void put(client, 'clock=1'), 500);
    await clock.until(/clock/);
    clearTimeout(ends);
    assert.deepEqual(await slow.until(/clock/), ['2 clock=1']);
    assert.deepEqual(slow.losses, []);
  });

  test('that leaves its loop, or whose signal is aborted, ends the call on the server', async (t) => {
    const { address, logged } = await startStore(t);
    const client = connectTo(t, address);
    for await (const change of watch(client, { prefix: 'left' })) if (change.type === 'state') break;
    await logged(/^a watcher of "left" left$/);
    const aborted = helped(t, client, { prefix: 'aborted' });
    await aborted.until(/state/);
    aborted.abort.abort();
    await assert.rejects(aborted.until(/never/), { code: status.CANCELLED });
    await logged(/^a watcher of "aborted" left$/);
  });

  test('gets a failure at once if a new call would fail in the same way', async (t) => {
    const { address } = await startStore(t);
    const late = helped(t, connectTo(t, address), { deadline: new Date(Date.now() + 300) });
    await assert.rejects(late.until(/never/), { code: status.DEADLINE_EXCEEDED });
    const empty = await serve([], { gracePeriod: 0 });
    t.after(() => empty.shutdown());
    const lost = helped(t, connectTo(t, empty.address));
    await assert.rejects(lost.until(/state/), { code: status.UNIMPLEMENTED });
    await assert.rejects(helped(t, connectTo(t, address), { bookmarkInterval: 5 }).until(/state/), {
      name: 'RangeError',
      message: 'bookmarkInterval is 5, but must be 100 to 3600000 milliseconds',
    });
  });

  test('waits for a server that is not there yet', async (t) => {
    const gone = await startStore(t);
    await gone.stop();
    const watching = helped(t, connectTo(t, gone.address));
    const state = watching.until(/state/);
    await startStore(t, { port: gone.port });
    assert.deepEqual(await state, ['1 state']);
  });
});
