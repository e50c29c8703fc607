// The limits in the table of the README. Times are shortened.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { deferred, endlessRequests, stallingHandlers, startEcho } from '../test/echo-server.ts';
import { connectRaw } from '../test/raw-peer.ts';
import { connectEcho } from '../test/transport.ts';
import { StatusError } from './index.ts';

describe('limits', () => {
  test('a request above 4 MiB is refused with RESOURCE_EXHAUSTED, a smaller one is accepted', async (t) => {
    const { client } = await startEcho(t);
    await client.unary({ value: 1, text: 'x'.repeat(4_000_000) });
    await assert.rejects(
      client.unary({ value: 1, text: 'x'.repeat(4_200_000) }),
      (error) => error instanceof StatusError && error.code === status.RESOURCE_EXHAUSTED,
    );
  });

  test('calls above the limit of a connection wait until another call ends', {
    timeout: 20_000,
  }, async (t) => {
    const first = deferred();
    let open = 0;
    let most = 0;
    const { client } = await startEcho(
      t,
      {
        async unary({ value }) {
          most = Math.max(most, ++open);
          if (value === 0) await first.promise;
          open--;
          return { value };
        },
      },
      { channelOptions: { 'grpc.max_concurrent_streams': 2 } },
    );
    // After this call the client knows the limit.
    await client.unary({ value: 1 });
    const held = client.unary({ value: 0 });
    await Promise.all(Array.from({ length: 20 }, () => client.unary({ value: 1 })));
    first.resolve();
    await held;
    assert.equal(most, 2);
  });

  test('a connection without calls is closed', { timeout: 20_000 }, async (t) => {
    const { server } = await startEcho(t, {}, { channelOptions: { 'grpc.max_connection_idle_ms': 100 } });
    const session = connectRaw(server.address);
    await once(session, 'close');
  });

  test('an old connection is closed, but its open calls may end', { timeout: 20_000 }, async (t) => {
    const { server, client } = await startEcho(
      t,
      {},
      { channelOptions: { 'grpc.max_connection_age_ms': 200, 'grpc.max_connection_age_grace_ms': 100 } },
    );
    const session = connectRaw(server.address);
    await once(session, 'close');
    assert.deepEqual(await client.unary({ value: 1 }), { value: 1 });
  });

  test('keepalive notices a peer that has vanished', { timeout: 20_000 }, async (t) => {
    const stalled = stallingHandlers();
    const { server } = await startEcho(t, stalled.handlers, {
      channelOptions: { 'grpc.keepalive_time_ms': 100, 'grpc.keepalive_timeout_ms': 100 },
    });
    const sockets: Socket[] = [];
    const relay = createServer((near) => {
      const far = connect(server.port, '127.0.0.1');
      sockets.push(near, far);
      for (const socket of [near, far]) socket.on('error', () => {});
      near.pipe(far).pipe(near);
    });
    relay.listen(0, '127.0.0.1');
    await once(relay, 'listening');
    t.after(() => {
      relay.close();
      for (const socket of sockets) socket.destroy();
    });
    const address = relay.address();
    assert.ok(address !== null && typeof address === 'object');
    const { client, close } = connectEcho(`127.0.0.1:${address.port}`);
    t.after(close);
    const failed = assert.rejects(client.upload(endlessRequests().requests), StatusError);
    await stalled.reached;
    for (const socket of sockets) socket.unpipe().pause();
    const reason = await stalled.ended;
    assert.ok(reason instanceof StatusError);
    assert.equal(reason.code, status.UNAVAILABLE);
    for (const socket of sockets) socket.destroy();
    await failed;
  });
});
