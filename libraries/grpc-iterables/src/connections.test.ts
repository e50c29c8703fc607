// Connections that break, that get old, or that never finish their handshake.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectSocket, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { status } from '@grpc/grpc-js';
import { deferred, startEcho } from '../test/echo-server.ts';
import { closeOf, connectRaw, framed, openStream, statusOf } from '../test/raw-peer.ts';
import type { ServeOptions } from './index.ts';

const good = framed(JSON.stringify({ value: 1 }));

// A shared key instead of certificates, so that these tests need no files.
const psk = Buffer.from('0123456789abcdef');
const common = { ciphers: 'PSK', maxVersion: 'TLSv1.2' } as const;
const tls = { ...common, pskCallback: () => psk };

/** Makes a whole handshake. After it, all earlier connections have been accepted. */
async function shakeHands(port: number): Promise<void> {
  const socket = connectTls({
    ...common,
    port,
    host: '127.0.0.1',
    pskCallback: () => ({ psk, identity: 'test' }),
    checkServerIdentity: () => undefined,
  });
  await once(socket, 'secureConnect');
  socket.on('error', () => {});
  socket.destroy();
}

describe('a TLS server', () => {
  /** A peer that never closes its connection, like one that is gone. */
  async function silentPeer(
    t: TestContext,
    port: number,
  ): Promise<{ socket: Socket; closed: Promise<void> }> {
    const socket = connectSocket({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {});
    t.after(() => socket.destroy());
    await once(socket, 'connect');
    socket.resume();
    return { socket, closed: new Promise((resolve) => socket.once('end', resolve).once('close', resolve)) };
  }

  for (const begun of [false, true]) {
    const what = begun ? 'is in the middle of its handshake' : 'never begins its handshake';
    test(`disconnects a peer that ${what}, and reports it`, { timeout: 20_000 }, async (t) => {
      const told = deferred<Error>();
      const { server } = await startEcho(t, {}, { tls, handshakeTimeout: 100, onTlsError: told.resolve });
      const { socket, closed } = await silentPeer(t, server.port);
      // The beginning of a handshake record: its type, version and length.
      if (begun) socket.write(Buffer.from([22, 3, 1, 2, 0]));
      await closed;
      assert.match(String(await told.promise), /did not finish its handshake in 100 ms/);
    });
    test(`shuts down at once even if a peer ${what}`, { timeout: 20_000 }, async (t) => {
      const errors: Error[] = [];
      const { server } = await startEcho(
        t,
        {},
        { tls, gracePeriod: 60_000, onTlsError: (error) => errors.push(error) },
      );
      const { socket } = await silentPeer(t, server.port);
      if (begun) socket.write(Buffer.from([22, 3, 1, 2, 0]));
      await shakeHands(server.port);
      await server.shutdown();
      assert.deepEqual(errors, []);
    });
  }

  test('keeps no timer for peers that reset their connections before they are accepted', {
    timeout: 20_000,
  }, async (t) => {
    const { server } = await startEcho(t, {}, { tls, onTlsError() {} });
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await shakeHands(server.port);
    const before = timers();
    const resetSome = `for (let count = 0; count < 5; count++) {
      const socket = require('net').connect(${server.port}, '127.0.0.1');
      socket.on('connect', () => socket.resetAndDestroy());
    }`;
    // This process accepts nothing until the peer has ended.
    execFileSync(process.execPath, ['--eval', resetSome]);
    await shakeHands(server.port);
    assert.equal(timers(), before);
  });

  test('continues when onTlsError throws', { timeout: 20_000 }, async (t) => {
    t.mock.method(console, 'error', () => {});
    const told = deferred();
    const { server } = await startEcho(
      t,
      {},
      {
        tls,
        onTlsError() {
          told.resolve();
          throw new Error('the log is full');
        },
      },
    );
    const socket = connectSocket(server.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.end('GET / HTTP/1.1\r\n\r\n');
    await told.promise;
    await shakeHands(server.port);
  });
});

test('a server without TLS shuts down even if a peer never sends a byte', { timeout: 20_000 }, async (t) => {
  const { server } = await startEcho(t, {}, { gracePeriod: 0 });
  const socket = connectSocket({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  await server.shutdown();
});

describe('the signal says UNAVAILABLE', () => {
  for (const kind of ['Upload', 'Download'] as const) {
    /** Opens a call, and resolves with the status code with which its signal aborts. */
    async function openCall(t: TestContext, options: ServeOptions = {}) {
      const reached = deferred();
      const ended = deferred<status>();
      const watch = (signal: AbortSignal) => {
        signal.addEventListener('abort', () => ended.resolve(signal.reason.code));
        reached.resolve();
      };
      const { server } = await startEcho(
        t,
        {
          async upload(requests, { signal }) {
            watch(signal);
            for await (const _ of requests);
            return { value: 0 };
          },
          async *download(_, { signal }) {
            watch(signal);
            for (let value = 0; ; value++) {
              yield { value };
              await new Promise((resolve) => setTimeout(resolve, 5));
            }
          },
        },
        options,
      );
      const session = connectRaw(server.address);
      t.after(() => session.destroy());
      const stream = openStream(session, kind);
      if (kind === 'Upload') stream.write(good);
      else stream.end(good);
      stream.resume();
      await reached.promise;
      return { session, ended: ended.promise };
    }
    test(`${kind}: when the age of its connection ends a call`, { timeout: 20_000 }, async (t) => {
      const { ended } = await openCall(t, {
        channelOptions: { 'grpc.max_connection_age_ms': 300, 'grpc.max_connection_age_grace_ms': 50 },
      });
      assert.equal(status[await ended], 'UNAVAILABLE');
    });
    test(`${kind}: when its connection is reset`, { timeout: 20_000 }, async (t) => {
      const { session, ended } = await openCall(t);
      session.socket.resetAndDestroy();
      assert.equal(status[await ended], 'UNAVAILABLE');
    });
  }
});

test('a timeout above the limit of a timer counts as no timeout', { timeout: 20_000 }, async (t) => {
  const { server } = await startEcho(t, {
    async unary(_, { deadline }) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { value: deadline === undefined ? 0 : 1 };
    },
  });
  const session = connectRaw(server.address);
  t.after(() => session.destroy());
  // 30 days, 60 days, 11,000 years: negative, too small, and anything in 32 bits.
  for (const timeout of ['2592000S', '5184000S', '99999999H']) {
    const stream = openStream(session, 'Unary', { 'grpc-timeout': timeout });
    let body = '';
    stream.on('data', (chunk: Buffer) => {
      body += chunk;
    });
    stream.end(good);
    assert.equal(await statusOf(stream), String(status.OK), timeout);
    assert.match(body, /"value":0/, timeout);
  }
});

test('the bytes of unread requests have a limit', { timeout: 20_000 }, async (t) => {
  const MESSAGE = 1_000_000;
  const reached = deferred();
  let deserialized = 0;
  const { server, client } = await startEcho(t, {
    async upload(requests, { signal }) {
      await requests[Symbol.asyncIterator]().next();
      reached.resolve();
      await once(signal, 'abort');
      throw signal.reason;
    },
  });
  const session = connectRaw(server.address);
  t.after(() => session.destroy());
  const stream = openStream(session, 'Upload');
  const large = framed(JSON.stringify({ value: 1, text: 'x'.repeat(MESSAGE) }));
  const write = () => stream.write(large, () => deserialized++ < 20 && write());
  write();
  await reached.promise;
  // Each of these is a round trip. The server has read all that it reads by then.
  for (let round = 0; round < 100; round++) await client.unary({ value: round });
  // One request was read, one waits, and one is on its way.
  assert.ok(deserialized <= 3, `${deserialized} requests of 1 MB were taken`);
  const closed = closeOf(stream);
  stream.destroy();
  await closed;
});
