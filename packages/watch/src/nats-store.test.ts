// Several servers, as processes of their own, serve one store; they and the broker are killed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { connect as connectToBroker } from '@nats-io/transport-node';
import { startBroker, whyNoBroker } from 'cli/broker';
import { startProgram, startServer } from 'cli/testing';
import { connectTo, helped, LIMITS, put, rawWatch, remove, startStore } from '../test/stores.ts';
import { fromBroker, toBroker } from './broker-keys.ts';
import { natsStore } from './nats-store.ts';

const server = new URL('./server.ts', import.meta.url);
const skip = whyNoBroker() ?? false;

test('every key has a name in the broker, and names from other programs are read as they are', () => {
  for (const key of ['a', 'a/b.c', 'ключ', 'a=b', '100%', 'emoji 🎉', '.', '*', '>']) {
    assert.match(toBroker(key), /^[A-Za-z0-9_/=-]+$/);
    assert.equal(fromBroker(toBroker(key)), key);
  }
  assert.equal(fromBroker('a.b=zz'), 'a.b=zz');
});

test('a key that another program wrote to the broker can be deleted', { skip }, async (t) => {
  const broker = await startBroker();
  t.after(broker.remove);
  const store = await natsStore({ ...LIMITS, broker: broker.url, bucket: 'shared' });
  const stranger = await connectToBroker({ servers: broker.url });
  for (const name of ['with.dots', 'a=2Eb', '=zz']) stranger.publish(`$KV.shared.${name}`, 'value');
  await stranger.drain();
  for (const key of ['with.dots', 'a.b', '=zz']) {
    let keys = await store.current();
    while (!keys.get(key)) keys = await store.current();
    assert.equal((await store.remove([key])).deleted, 1);
    assert.equal((await store.current()).get(key), undefined);
  }
  await store.close(new Error('the test is over'));
});

describe('two servers of one store', { skip }, () => {
  test('send the same changes with the same revisions, and a watch moves from one to the other', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const [first, second] = await Promise.all([
      startServer(t, server, '--broker', broker.url),
      startServer(t, server, '--broker', broker.url),
    ]);
    const one = connectTo(t, first.address);
    const other = connectTo(t, second.address);
    assert.equal(await put(one, 'a=1'), 2);
    // What one server acknowledged the other has.
    assert.equal(String((await other.get({ key: 'a' })).entry?.value), '1');
    const watching = rawWatch(t, one, {});
    const { storeId } = await watching.next();
    await put(other, 'b.c=1');
    await remove(other, 'a');
    assert.deepEqual(await watching.upTo(4), ['3 b.c=1', '4 a gone']);
    first.child.kill('SIGKILL');
    await assert.rejects(watching.next(), { code: status.UNAVAILABLE });
    await put(other, 'b.c=2');
    const moved = rawWatch(t, other, { afterRevision: 3, storeId });
    assert.deepEqual(await moved.upTo(5), ['4 a gone', '5 b.c=2']);
  });

  test('keep the store, its id and its revisions when servers and broker are killed and start again', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const before = await startServer(t, server, '--broker', broker.url);
    const port = before.address.split(':')[1] ?? '';
    const watching = helped(t, connectTo(t, before.address));
    await watching.until(/state/);
    const writer = connectTo(t, before.address);
    for (let round = 0; round < 20; round++) await put(writer, `a=${round}`);
    before.child.kill('SIGKILL');
    await broker.kill();
    await broker.restart();
    const after = await startServer(t, server, '--broker', broker.url, '--port', port);
    for (let round = 20; round < 40; round++) await put(connectTo(t, after.address), `a=${round}`);
    const seen = await watching.until(/=39$/);
    assert.deepEqual(
      seen,
      Array.from({ length: 40 }, (_, index) => `${index + 2} a=${index}`),
    );
  });

  test('say that the broker has dropped changes, instead of leaving them out', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const before = await startServer(t, server, '--broker', broker.url);
    const client = connectTo(t, before.address);
    const { storeId } = await rawWatch(t, client, {}).next();
    await put(client, 'quiet=1');
    // The broker keeps 64 values of a key.
    for (let round = 0; round < 100; round++) await put(client, `hot=${round}`);
    const after = await startServer(t, server, '--broker', broker.url);
    const fresh = connectTo(t, after.address);
    await assert.rejects(rawWatch(t, fresh, { afterRevision: 30, storeId }).next(), {
      code: status.OUT_OF_RANGE,
    });
    const rest = await rawWatch(t, fresh, { afterRevision: 38, storeId }).upTo(102);
    assert.equal(rest.length, 64);
    assert.deepEqual(await rawWatch(t, fresh, {}).upTo(102), ['2 quiet=1', '102 hot=99']);
  });

  test('answer UNAVAILABLE while there is no broker, and the watch continues when the broker is back', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const served = await startStore(t, {
      open: (limits) => natsStore({ ...limits, broker: broker.url, bucket: 'store' }),
    });
    const client = connectTo(t, served.address);
    const watching = helped(t, client);
    await watching.until(/state/);
    await broker.kill();
    await assert.rejects(client.get({ key: 'a' }), { code: status.UNAVAILABLE });
    await broker.restart();
    const deadline = Date.now() + 20_000;
    for (;;) {
      try {
        await put(client, 'a=1');
        break;
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
    assert.deepEqual((await watching.until(/a=1/)).length, 1);
  });

  test('make a new store when the broker has lost the store, and say what is gone', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const served = await startStore(t, {
      open: (limits) => natsStore({ ...limits, broker: broker.url, bucket: 'store' }),
    });
    const client = connectTo(t, served.address);
    await put(client, 'old=1');
    const watching = helped(t, client);
    await watching.until(/state/);
    await broker.restartEmpty();
    assert.deepEqual(await watching.until(/state/), ['1 old gone', '1 state']);
    await put(client, 'new=1');
    assert.deepEqual(await watching.until(/new/), ['2 new=1']);
  });

  test('refuse several keys in one call, which the broker cannot change in one revision', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const served = await startStore(t, {
      open: () => natsStore({ ...LIMITS, broker: broker.url, bucket: 'store' }),
    });
    const client = connectTo(t, served.address);
    await assert.rejects(put(client, 'a=1', 'b=1'), { code: status.UNIMPLEMENTED });
    assert.equal(await put(client, 'a=1'), 2);
  });

  test('say that there is no broker, and how to start one', async (t) => {
    const lost = startProgram(t, server, '--port', '0', '--broker', 'nats://127.0.0.1:1');
    assert.equal(await lost.exit, 2);
    assert.match(
      lost.errors.join('\n'),
      /^no store in nats:\/\/127\.0\.0\.1:1: .*; start a broker with "nats-server -js"$/,
    );
  });
});
