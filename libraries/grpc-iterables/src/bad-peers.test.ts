// Clients that break the rules. Each gets the right status or loses its connection, and other clients are not affected.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { constants } from 'node:http2';
import { connect } from 'node:net';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { startEcho } from '../test/echo-server.ts';
import { closeOf, connectRaw, framed, openStream, statusOf } from '../test/raw-peer.ts';

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
const SETTINGS = Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]);
const good = JSON.stringify({ value: 1 });

/** An echo server, a raw connection to it, and a check that it still serves other clients. */
async function startAttacked(t: Parameters<typeof startEcho>[0], channelOptions = {}) {
  let uploading = 0;
  let summed = 0;
  const echo = await startEcho(
    t,
    {
      async upload(requests) {
        uploading++;
        try {
          for await (const _ of requests);
          summed++;
          return { value: 0 };
        } finally {
          uploading--;
        }
      },
    },
    { channelOptions },
  );
  const session = connectRaw(echo.server.address);
  t.after(async () => session.destroy());
  async function stillServes(): Promise<void> {
    assert.deepEqual(await echo.client.unary({ value: 7 }), { value: 7 });
    // The last handler ends a moment after its client.
    while (uploading > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { ...echo, session, stillServes, summed: () => summed };
}

describe('a bad peer', () => {
  const broken: [string, string, Buffer, Record<string, string>, status][] = [
    ['garbage in place of a message', 'Unary', framed('\xff\xfe not a message'), {}, status.INTERNAL],
    ['no message at all', 'Unary', Buffer.alloc(0), {}, status.UNIMPLEMENTED],
    [
      'two messages where one belongs',
      'Unary',
      Buffer.concat([framed(good), framed(good)]),
      {},
      status.UNIMPLEMENTED,
    ],
    [
      'an encoding that nobody knows',
      'Unary',
      framed(good, { flag: 1 }),
      { 'grpc-encoding': 'rot13' },
      status.UNIMPLEMENTED,
    ],
    [
      'a message declared as 100 MB',
      'Unary',
      framed(good, { length: 100_000_000 }),
      {},
      status.RESOURCE_EXHAUSTED,
    ],
    ['an unknown method', 'Nothing', framed(good), {}, status.UNIMPLEMENTED],
    ['a timeout that is not a number', 'Unary', framed(good), { 'grpc-timeout': 'soon' }, status.INTERNAL],
  ];
  for (const [what, method, body, headers, code] of broken) {
    test(`that sends ${what} gets ${status[code]}`, { timeout: 20_000 }, async (t) => {
      const { session, stillServes } = await startAttacked(t);
      const stream = openStream(session, method, headers);
      stream.end(body);
      assert.equal(await statusOf(stream), String(code));
      await stillServes();
    });
  }

  // A fault of grpc-js. The test notices when it is fixed. Without private parts of grpc-js it looks like a half-close.
  test('that half-closes in the middle of a message looks complete without this message', async (t) => {
    const { session, stillServes, summed } = await startAttacked(t);
    const stream = openStream(session, 'Upload');
    stream.end(Buffer.concat([framed(good), framed(good).subarray(0, 9)]));
    assert.equal(await statusOf(stream), String(status.OK));
    await stillServes();
    assert.equal(summed(), 1);
  });

  test('that marks a message as compressed without an encoding does not affect other clients', async (t) => {
    const { session, stillServes } = await startAttacked(t);
    const stream = openStream(session, 'Unary');
    stream.end(framed(good, { flag: 1 }));
    // grpc-js reads it as it is. INTERNAL would also be right.
    assert.ok([String(status.OK), String(status.INTERNAL)].includes((await statusOf(stream)) ?? 'none'));
    await stillServes();
  });

  test('that resets in any state of its stream leaves nothing open', { timeout: 20_000 }, async (t) => {
    const { session, stillServes, summed } = await startAttacked(t);
    for (const sent of [
      Buffer.alloc(0),
      framed(good).subarray(0, 3),
      framed(good),
      framed(good).subarray(0, 9),
    ]) {
      const stream = openStream(session, 'Upload');
      if (sent.length > 0) stream.write(sent);
      const closed = closeOf(stream);
      stream.close(constants.NGHTTP2_CANCEL);
      await closed;
    }
    await stillServes();
    assert.equal(summed(), 0);
  });

  test('that opens and resets 10,000 streams loses its connection, and other clients keep theirs', {
    timeout: 60_000,
  }, async (t) => {
    const { session, stillServes } = await startAttacked(t);
    await once(session, 'connect');
    const closed = closeOf(session);
    for (let opened = 0; opened < 10_000 && !session.destroyed; opened++) {
      const stream = openStream(session, 'Upload');
      stream.write(framed(good));
      stream.close(constants.NGHTTP2_CANCEL);
      if (opened % 100 === 0) await new Promise(setImmediate);
    }
    session.close();
    await closed;
    await stillServes();
  });

  const small = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, 'x']));
  for (const [what, fields] of [
    ['headers of 64 KiB', { padding: 'x'.repeat(66_000) }],
    ['130 headers', small(130)],
  ] as const) {
    test(`that sends ${what} is refused`, { timeout: 20_000 }, async (t) => {
      const { session, stillServes } = await startAttacked(t);
      const stream = openStream(session, 'Unary', fields);
      stream.end(framed(good));
      assert.notEqual(await statusOf(stream), String(status.OK));
      await stillServes();
    });
  }

  test('that cuts a frame, or sends bytes that are not a frame, does not affect other clients', {
    timeout: 20_000,
  }, async (t) => {
    // After a frame that is too large, Node's http2 sends GOAWAY, and keepalive closes the connection.
    const { server, stillServes } = await startAttacked(t, {
      'grpc.keepalive_time_ms': 100,
      'grpc.keepalive_timeout_ms': 100,
    });
    const noFrames: Buffer[] = [
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      Buffer.concat([Buffer.from(PREFACE), SETTINGS, Buffer.from([0, 0, 99, 1, 4, 0, 0])]),
      Buffer.concat([Buffer.from(PREFACE), SETTINGS, Buffer.from([255, 255, 255, 0, 0, 0, 0, 0, 1])]),
    ];
    for (const bytes of noFrames) {
      const socket = connect(server.port, '127.0.0.1');
      socket.on('error', () => {});
      const closed = closeOf(socket);
      socket.end(bytes);
      socket.resume();
      await closed;
    }
    await stillServes();
  });

  test('that connects and sends nothing delays neither other clients nor the shutdown', {
    timeout: 20_000,
  }, async (t) => {
    const { server, stillServes } = await startAttacked(t);
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    const closed = closeOf(socket);
    socket.resume();
    await stillServes();
    await server.shutdown();
    await closed;
  });
});
