// How much may be on its way, how large a message may be, and how messages are compressed.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateSync, gzipSync } from 'node:zlib';
import { startServer } from '../test/bytes-server.ts';
import { deferred, described, openCall, openChannel, outcome } from '../test/calls.ts';
import { heapUsed } from '../test/heap.ts';
import { DATA, framed, type RawConnection, SETTINGS, settings, startRawServer } from '../test/raw-server.ts';

type TestContext = Parameters<typeof startRawServer>[0];
const MIB = 1024 * 1024;

describe('a response stream', () => {
  for (const window of [undefined, 65_535, 2 * MIB]) {
    test(`that is not read stops the server at ${window ?? 'the default of 256 KiB'}`, {
      timeout: 20_000,
    }, async (t) => {
      let sent = 0;
      const full = deferred();
      const { address } = await startServer(t, {
        handlers: {
          download(call) {
            const go = () => {
              while (call.write(Buffer.alloc(10_000))) sent += 10_000;
              full.resolve();
            };
            call.on('drain', go);
            go();
          },
        },
      });
      const call = openCall(openChannel(t, address, window ? { window } : {}), 'Download', { reads: 0 });
      await full.promise;
      await call.headers;
      // More than the window, because Node and grpc-js buffer bytes on both sides.
      const most = (window ?? 256 * 1024) + 128 * 1024;
      await settled(() => sent);
      assert.ok(sent <= most, `${sent} bytes`);
      call.call.cancelWithStatus(1, 'enough');
      await call.status;
    });
  }

  test('that is not read does not stop another call', { timeout: 20_000 }, async (t) => {
    const { address } = await startServer(t);
    const channel = openChannel(t, address);
    const stuck = Array.from({ length: 40 }, () =>
      openCall(channel, 'Download', { requests: [Buffer.from('100 10000')], reads: 0 }),
    );
    await Promise.all(stuck.map(({ headers }) => headers));
    const call = openCall(channel, 'Download', { requests: [Buffer.from('100 10000')] });
    assert.equal(described(await call.status), 'OK');
    assert.equal(call.messages.length, 100);
    for (const { call } of stuck) call.cancelWithStatus(1, 'enough');
    await Promise.all(stuck.map(({ status }) => status));
  });

  test('delivers a message only when it is asked for', { timeout: 20_000 }, async (t) => {
    const { address } = await startServer(t);
    const call = openCall(openChannel(t, address), 'Download', {
      requests: [Buffer.from('200 3000')],
      reads: 1,
    });
    for (let read = 1; read <= 200; read++) {
      await call.received(read);
      await new Promise(setImmediate);
      assert.equal(call.messages.length, read);
      call.call.startRead();
    }
    assert.equal(described(await call.status), 'OK');
  });

  for (const what of ['trailers and a reset', 'a closed connection'] as const) {
    test(`that ended in ${what} is read to its end, however slowly`, { timeout: 20_000 }, async (t) => {
      const { address } = await startRawServer(t, {
        onRequest(connection, stream) {
          connection.respond(stream);
          for (let message = 0; message < 100; message++) connection.message(stream, Buffer.alloc(2000));
          if (what === 'a closed connection') {
            connection.socket.end();
            return;
          }
          connection.trailers(stream);
          connection.reset(stream, 8);
        },
      });
      const channel = openChannel(t, address);
      const call = openCall(channel, 'Any', { reads: 0 });
      await call.headers;
      // By now the connection is gone, or was used for a whole call.
      await outcome(channel, 'Any', { waitForReady: true });
      for (let read = 1; read <= 101; read++) {
        call.call.startRead();
        await new Promise(setImmediate);
      }
      assert.match(
        described(await call.status),
        what === 'a closed connection' ? /^UNAVAILABLE: .*the server closed it/ : /^OK$/,
      );
      assert.equal(call.messages.length, 100);
    });
  }

  test('whose server was killed is read to its end', { timeout: 20_000 }, async (t) => {
    const server = fork(fileURLToPath(new URL('../test/server-process.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
    });
    t.after(() => server.kill('SIGKILL'));
    const [address] = await once(server, 'message');
    const channel = openChannel(t, address as string);
    const call = openCall(channel, 'Download', { requests: [Buffer.from('20 10000')], reads: 1 });
    await once(server, 'message');
    server.kill('SIGKILL');
    await once(server, 'exit');
    while (channel.getConnectivityState(false) === 2) await new Promise(setImmediate);
    for (let read = 2; read <= 21; read++) call.call.startRead();
    assert.match(described(await call.status), /^UNAVAILABLE: connection to .* lost: /);
    assert.equal(call.messages.length, 20);
  });
});

/** Resolves when a number has not changed for a while. */
async function settled(value: () => number): Promise<void> {
  for (let last = -1; last !== value(); ) {
    last = value();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a request stream', () => {
  test('waits while the server does not read, from its first message', { timeout: 20_000 }, async (t) => {
    const { address } = await startRawServer(t, {});
    const call = openCall(openChannel(t, address), 'Any', { requests: undefined });
    let accepted = 0;
    let over = false;
    const sending = (async () => {
      for (; !over; accepted++) await call.send(Buffer.alloc(10_000));
    })();
    await settled(() => accepted);
    assert.ok(accepted * 10_000 < 65_535 + 200_000, `${accepted} messages`);
    over = true;
    call.call.cancelWithStatus(1, 'enough');
    await sending;
  });

  test('waits while there is no connection', async (t) => {
    const call = openCall(openChannel(t, '127.0.0.1:1'), 'Any', { requests: undefined, waitForReady: true });
    let accepted = 0;
    const sending = (async () => {
      for (; accepted < 100; accepted++) await call.send(Buffer.alloc(10_000));
    })();
    await settled(() => accepted);
    assert.ok(accepted <= 2, `${accepted} messages`);
    call.call.cancelWithStatus(1, 'enough');
    await sending;
  });

  test('accepts no message after its end, and its writer does not wait', async (t) => {
    const { address } = await startServer(t);
    const call = openCall(openChannel(t, address), 'Upload', { requests: [Buffer.from('four')] });
    await call.send(Buffer.from('late'));
    assert.equal(described(await call.status), 'OK');
    assert.deepEqual(call.messages.map(String), ['4']);
    await call.send(Buffer.from('very late'));
    call.call.halfClose();
    call.call.cancelWithStatus(1, 'too late');
  });

  test('of a million bytes in one turn arrives whole and in order', { timeout: 20_000 }, async (t) => {
    const { address } = await startServer(t);
    const requests = Array.from({ length: 1000 }, (_, index) => Buffer.alloc(1000, index));
    const call = openCall(openChannel(t, address), 'Exchange', { requests });
    assert.equal(described(await call.status), 'OK');
    assert.deepEqual(Buffer.concat(call.messages), Buffer.concat(requests));
  });
});

describe('a message size limit', () => {
  test('of responses ends the call with RESOURCE_EXHAUSTED', async (t) => {
    const { address } = await startServer(t);
    const channel = openChannel(t, address, { maxReceiveMessageLength: 1000 });
    const send = (size: number) => outcome(channel, 'Unary', { requests: [Buffer.alloc(size)] });
    assert.equal(await send(1000), 'OK');
    assert.equal(await send(1001), 'RESOURCE_EXHAUSTED: a message of 1001 bytes is above the limit of 1000');
    assert.equal(await send(0), 'OK');
  });

  test('of responses is 4 MiB', { timeout: 20_000 }, async (t) => {
    const { address } = await startServer(t, { options: { 'grpc.max_receive_message_length': -1 } });
    const channel = openChannel(t, address);
    assert.equal(await outcome(channel, 'Unary', { requests: [Buffer.alloc(4 * MIB)] }), 'OK');
    assert.match(
      await outcome(channel, 'Unary', { requests: [Buffer.alloc(4 * MIB + 1)] }),
      /^RESOURCE_EXHAUSTED/,
    );
    const unlimited = openChannel(t, address, { maxReceiveMessageLength: Number.POSITIVE_INFINITY });
    assert.equal(await outcome(unlimited, 'Unary', { requests: [Buffer.alloc(6 * MIB)] }), 'OK');
  });

  test('of requests ends the call before they are sent', async (t) => {
    const { address } = await startServer(t);
    const channel = openChannel(t, address, { maxSendMessageLength: 1000 });
    assert.equal(await outcome(channel, 'Unary', { requests: [Buffer.alloc(1000)] }), 'OK');
    assert.equal(
      await outcome(channel, 'Unary', { requests: [Buffer.alloc(1001)] }),
      'RESOURCE_EXHAUSTED: a message of 1001 bytes is above the limit of 1000',
    );
  });
});

describe('compression', () => {
  for (const compression of ['gzip', 'deflate'] as const) {
    test(`with ${compression} is used for requests, and they keep their order`, async (t) => {
      const requests = Array.from({ length: 50 }, (_, index) => Buffer.alloc(index * 100, index));
      const { address } = await startServer(t);
      const channel = openChannel(t, address, { compression });
      const call = openCall(channel, 'Exchange', { requests });
      assert.equal(described(await call.status), 'OK');
      assert.deepEqual(call.messages, requests);
    });

    test(`with ${compression} saves bytes on the wire, except for messages that must not be compressed`, async (t) => {
      const flags: number[] = [];
      let bytes = 0;
      const { address } = await startRawServer(t, {
        onFrame(_, { type, payload }) {
          if (type !== DATA || payload.length === 0) return;
          flags.push(payload.readUInt8(0));
          bytes += payload.length;
        },
        onRequest(connection, stream) {
          connection.respond(stream);
          connection.trailers(stream);
        },
      });
      const channel = openChannel(t, address, { compression });
      assert.equal(await outcome(channel, 'Any', { requests: [Buffer.alloc(10_000)] }), 'OK');
      assert.deepEqual(flags, [1]);
      assert.ok(bytes < 200);
      const call = openCall(channel, 'Any', { requests: undefined });
      call.call.sendMessageWithContext({ flags: 2 }, Buffer.alloc(1000));
      call.call.halfClose();
      assert.equal(described(await call.status), 'OK');
      assert.deepEqual(flags, [1, 0]);
    });
  }

  /** A server that answers with these bytes. */
  async function answering(t: TestContext, encoding: string | undefined, frame: Buffer) {
    const { address } = await startRawServer(t, {
      onConnection(connection) {
        connection.send(SETTINGS, 0, 0, settings());
      },
      onRequest(connection: RawConnection, stream: number) {
        connection.respond(stream, encoding === undefined ? {} : { 'grpc-encoding': encoding });
        for (let at = 0; at < frame.length; at += 16_384)
          connection.send(DATA, 0, stream, frame.subarray(at, at + 16_384));
        connection.trailers(stream);
      },
    });
    return openCall(openChannel(t, address), 'Any');
  }

  for (const [encoding, compress] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ] as const) {
    test(`with ${encoding} of responses is undone, also for empty ones`, async (t) => {
      const frames = ['', 'some text'].map((text) => framed(compress(Buffer.from(text)), { flag: 1 }));
      const call = await answering(t, encoding, Buffer.concat([...frames, framed(Buffer.from('plain'))]));
      assert.equal(described(await call.status), 'OK');
      assert.deepEqual(call.messages.map(String), ['', 'some text', 'plain']);
    });

    test(`with ${encoding} cannot fill the memory with a small message`, async (t) => {
      const bomb = framed(compress(Buffer.alloc(100 * MIB)), { flag: 1 });
      const before = await heapUsed();
      const call = await answering(t, encoding, bomb);
      assert.equal(
        described(await call.status),
        'RESOURCE_EXHAUSTED: a message of more than the limit bytes is above the limit of 4194304',
      );
      assert.ok((await heapUsed()) - before < 10 * MIB);
    });
  }

  const wrong: [string, string | undefined, Buffer, RegExp][] = [
    ['an encoding that nobody offered', 'br', framed(Buffer.from('x'), { flag: 1 }), /"br"/],
    [
      'an encoding that has the name of a JavaScript function',
      'constructor',
      framed(Buffer.from('x'), { flag: 1 }),
      /"constructor"/,
    ],
    ['no encoding', undefined, framed(Buffer.from('x'), { flag: 1 }), /"identity"/],
    ['what is not compressed', 'gzip', framed(Buffer.from('x'), { flag: 1 }), /does not decompress/],
    ['a prefix that gRPC does not know', 'gzip', framed(Buffer.from('x'), { flag: 2 }), /begins with 2/],
  ];
  for (const [what, encoding, frame, reason] of wrong) {
    test(`of responses with ${what} ends the call with INTERNAL`, { timeout: 20_000 }, async (t) => {
      const call = await answering(t, encoding, frame);
      assert.match(described(await call.status), reason);
      assert.equal((await call.status).code, 13);
    });
  }
});
