import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import type { IterableClient } from 'grpc-iterables';
import { Greetering } from 'proto';
import type { GreeteringClient } from 'proto/gen/proto/Greetering';
import { connectUpstream, type UpstreamOptions } from './upstream.ts';

type Calls = IterableClient<GreeteringClient>;

interface Test {
  after(cleanUp: () => void): void;
}

const EMPTY_MESSAGE = Buffer.alloc(5);

function respond(stream: ServerHttp2Stream): void {
  stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
  stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
  stream.on('error', () => {});
  stream.resume();
}

/** A Node server that answers `Hello`, and keeps `StreamHello` open after one message. It counts its connections. */
async function start(t: Test, options: UpstreamOptions = {}) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  let most = 0;
  let changed = () => {};
  const held = new Set<ServerHttp2Stream>();
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    most = Math.max(most, sessions.size);
    session.once('close', () => {
      sessions.delete(session);
      changed();
    });
  });
  server.on('stream', (stream, headers) => {
    respond(stream);
    if (headers[':path'] === '/proto.Greetering/Hello') return stream.end(EMPTY_MESSAGE);
    stream.write(EMPTY_MESSAGE);
    held.add(stream);
    stream.once('close', () => held.delete(stream));
  });
  const { port } = server.address() as AddressInfo;
  const upstream = connectUpstream(Greetering, `127.0.0.1:${port}`, options);
  t.after(() => {
    upstream.close();
    server.close();
    for (const session of sessions) session.destroy();
  });

  async function call<Result>(use: (calls: Calls) => Promise<Result>): Promise<Result> {
    const connection = upstream.take();
    try {
      return await use(connection.calls);
    } finally {
      connection.release();
    }
  }
  return {
    connections: () => sessions.size,
    mostConnections: () => most,
    async left(count: number): Promise<void> {
      while (sessions.size !== count) await new Promise<void>((resolve) => (changed = resolve));
    },
    hello: () => call((calls) => calls.hello({})),
    /** Opens a call that stays open until `leave`. */
    async open() {
      const connection = upstream.take();
      const messages = connection.calls.streamHello({});
      await messages.next();
      return {
        messages,
        async leave() {
          await messages.return?.();
          connection.release();
        },
      };
    },
    /** The server ends the open calls. */
    endAll() {
      for (const stream of held) stream.end();
    },
  };
}

const times = <Result>(count: number, act: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, act));

describe('an upstream', () => {
  test('makes one call after another over one connection, and closes connections that it does not need', async (t) => {
    const { hello, mostConnections, left } = await start(t);
    for (let call = 0; call < 2000; call++) await hello();
    await left(1);
    assert.ok(mostConnections() <= 2, `${mostConnections()} connections at once`);
  });
  test('opens more connections when many calls are open, so that no call waits', async (t) => {
    const { open, connections } = await start(t);
    await times(250, open);
    assert.equal(connections(), 3);
  });
  test('uses the room of ended calls before it opens another connection', async (t) => {
    const { open, connections } = await start(t);
    for (let round = 0; round < 5; round++) {
      const [, ...others] = await times(90, open);
      for (const { leave } of others) await leave();
    }
    assert.equal(connections(), 1);
  });
  test('closes connections without calls, and connects again for the next call', async (t) => {
    const { hello, open, connections, left } = await start(t, { idleTimeout: 50 });
    const calls = await times(150, open);
    assert.equal(connections(), 2);
    for (const { leave } of calls) await leave();
    await left(0);
    await hello();
    assert.equal(connections(), 1);
  });
  test('keeps the calls of others when a client opens and cancels thousands', async (t) => {
    const { open, endAll } = await start(t);
    const staying = await open();
    for (let round = 0; round < 40; round++) {
      for (const { leave } of await times(50, open)) await leave();
    }
    endAll();
    assert.deepEqual(await staying.messages.next(), { done: true, value: undefined });
  });
});
