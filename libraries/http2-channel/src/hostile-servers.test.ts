// Servers that break the rules. Every call ends with a status, and memory has a limit. An error outside of a call fails the
// test that runs.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { deferred, described, openCall, openChannel, outcome } from '../test/calls.ts';
import { heapUsed } from '../test/heap.ts';
import {
  ACK,
  CONTINUATION,
  DATA,
  END_HEADERS,
  END_STREAM,
  fieldBlock,
  framed,
  HEADERS,
  PING,
  PUSH_PROMISE,
  type RawConnection,
  SETTINGS,
  settings,
  startRawServer,
  uint32,
} from '../test/raw-server.ts';
import { nameOf } from './error-names.ts';

type TestContext = Parameters<typeof startRawServer>[0];

/** A server that sends bytes that are not HTTP/2. */
async function startTcpServer(t: TestContext, onSocket: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a server that does not speak HTTP/2', () => {
  const greetings: [string, (socket: Socket) => void, RegExp][] = [
    [
      'answers in HTTP/1',
      (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      /does not speak HTTP\/2/,
    ],
    ['sends garbage', (socket) => socket.end(Buffer.alloc(10_000, 'garbage ')), /does not speak HTTP\/2/],
    ['sends endless garbage', (socket) => pour(socket, Buffer.alloc(65_536, 0xee)), /does not speak HTTP\/2/],
    ['closes at once', (socket) => socket.end(), /the server closed the connection before HTTP\/2 began/],
    ['resets at once', (socket) => socket.resetAndDestroy(), /the server (closed|reset) the connection/],
    ['says nothing', () => {}, /no answer within 1000 ms/],
  ];
  for (const [what, onSocket, reason] of greetings) {
    test(`and ${what} makes calls UNAVAILABLE, with the reason`, async (t) => {
      const address = await startTcpServer(t, onSocket);
      const channel = openChannel(t, address, { connectTimeout: 1000 });
      const ending = await outcome(channel, 'Any');
      assert.ok(ending.startsWith(`UNAVAILABLE: no connection to ${address}: `), ending);
      assert.match(ending, reason);
    });
  }
});

function pour(socket: Socket, chunk: Buffer): void {
  const go = () => {
    while (socket.writable && socket.write(chunk));
  };
  socket.on('drain', go);
  go();
}

const SPEAK = { ':status': '200', 'content-type': 'application/grpc' };

const ENDLESS = 'sends headers without an end';
// Node 22 and 24 often abort the process when they collect the session of such a connection, also without this channel.
const ABORTS = Number.parseInt(process.versions.node, 10) >= 22;

describe('a server that', () => {
  const hostile: [string, (connection: RawConnection, stream: number) => void, RegExp][] = [
    [
      'sends garbage in the middle',
      ({ socket }) => socket.write(Buffer.alloc(1000, 'garbage ')),
      /^UNAVAILABLE/,
    ],
    ['closes the connection', ({ socket }) => socket.end(), /^UNAVAILABLE: .*the server closed it$/],
    ['resets the connection', ({ socket }) => socket.resetAndDestroy(), /^UNAVAILABLE: .*the server reset/],
    [
      'closes the connection after the headers',
      (connection, stream) => {
        connection.respond(stream);
        connection.socket.end();
      },
      /^UNAVAILABLE: .*the server closed it$/,
    ],
    [
      'sends a frame above the largest size',
      (connection, stream) => {
        connection.respond(stream);
        connection.send(DATA, 0, stream, Buffer.alloc(1_000_000));
      },
      /^UNAVAILABLE/,
    ],
    [
      ENDLESS,
      (connection, stream) => {
        connection.send(HEADERS, 0, stream, fieldBlock(SPEAK));
        for (let sent = 0; sent < 5000; sent++)
          connection.send(CONTINUATION, 0, stream, fieldBlock({ [`name-${sent}`]: 'x'.repeat(100) }));
      },
      /^(UNAVAILABLE|INTERNAL|RESOURCE_EXHAUSTED)/,
    ],
    [
      'sends many headers',
      (connection, stream) => {
        connection.send(HEADERS, 0, stream, fieldBlock(SPEAK));
        for (let sent = 0; sent < 7; sent++) {
          const fields = Array.from({ length: 100 }, (_, index) => [`n${sent}-${index}`, 'x'.repeat(120)]);
          connection.send(CONTINUATION, 0, stream, fieldBlock(Object.fromEntries(fields)));
        }
        connection.send(CONTINUATION, END_HEADERS, stream);
      },
      /^(UNAVAILABLE|INTERNAL|RESOURCE_EXHAUSTED)/,
    ],
    [
      'sends an HPACK bomb',
      (connection, stream) => {
        // One field of 4,000 bytes in the table, and then 16,000 references to it. Each reference is one byte.
        const value = Buffer.alloc(4000, 'x');
        const insertion = Buffer.concat([
          Buffer.from([0x40, 4]),
          Buffer.from('bomb'),
          Buffer.from([0x7f, 0xa1, 0x1e]),
          value,
        ]);
        connection.send(HEADERS, 0, stream, Buffer.concat([fieldBlock(SPEAK), insertion]));
        connection.send(CONTINUATION, END_HEADERS, stream, Buffer.alloc(16_000, 0xbe));
        connection.trailers(stream);
      },
      /^(UNAVAILABLE|INTERNAL|RESOURCE_EXHAUSTED)/,
    ],
    [
      'sends headers that do not decompress',
      (connection, stream) => connection.send(HEADERS, END_HEADERS, stream, Buffer.alloc(100, 0xff)),
      /^(UNAVAILABLE|INTERNAL)/,
    ],
    [
      'sends messages before headers',
      (connection, stream) => connection.message(stream, Buffer.from('early')),
      /^(UNAVAILABLE|INTERNAL)/,
    ],
    [
      'sends headers without a status',
      (connection, stream) => connection.headers(stream, { 'content-type': 'application/grpc' }),
      /^(UNAVAILABLE|INTERNAL)/,
    ],
    [
      'sends headers twice',
      (connection, stream) => {
        connection.respond(stream);
        connection.respond(stream);
      },
      /^(UNAVAILABLE|INTERNAL)/,
    ],
    [
      'pushes a stream',
      (connection, stream) =>
        connection.send(
          PUSH_PROMISE,
          END_HEADERS,
          stream,
          Buffer.concat([
            uint32(2),
            fieldBlock({ ':method': 'GET', ':scheme': 'http', ':authority': 'x', ':path': '/' }),
          ]),
        ),
      /^UNAVAILABLE/,
    ],
    ['answers on a stream that nobody opened', (connection) => connection.respond(99), /^UNAVAILABLE/],
    [
      'sends SETTINGS that are wrong',
      (connection) => connection.send(SETTINGS, 0, 0, settings({ 4: 2 ** 32 - 1 })),
      /^UNAVAILABLE/,
    ],
    [
      'sends PINGs that are wrong',
      (connection) => connection.send(PING, 0, 0, Buffer.alloc(3)),
      /^UNAVAILABLE/,
    ],
  ];
  for (const [what, attack, ending] of hostile) {
    const skip = what === ENDLESS && ABORTS ? 'https://github.com/nodejs/node/issues/39951' : false;
    test(`${what} ends the call, and the next one has a new connection`, { skip }, async (t) => {
      let attacks = 1;
      const { address, connections } = await startRawServer(t, {
        onRequest(connection, stream) {
          if (attacks-- > 0) {
            attack(connection, stream);
            return;
          }
          connection.respond(stream);
          connection.trailers(stream);
        },
      });
      // After a frame that is too large Node reads nothing more, without an error. Its PINGs get no answer.
      const channel = openChannel(t, address, { keepalive: { interval: 200, timeout: 200 } });
      const first = await outcome(channel, 'Any');
      assert.match(first, ending);
      if (first.startsWith('UNAVAILABLE')) assert.ok(first.length > 'UNAVAILABLE: '.length, first);
      assert.equal(await outcome(channel, 'Any', { waitForReady: true }), 'OK');
      assert.ok(connections.length <= 2);
    });
  }

  const AFTER_END: [string, (connection: RawConnection, stream: number) => void][] = [
    ['messages', (connection, stream) => connection.message(stream, Buffer.from('late'))],
    ['trailers', (connection, stream) => connection.trailers(stream, { 'grpc-status': '13' })],
    ['a reset', (connection, stream) => connection.reset(stream, 2)],
    ['garbage', ({ socket }) => socket.write(Buffer.alloc(1000, 0xee))],
  ];
  for (const [what, after] of AFTER_END) {
    test(`sends ${what} after the end does not change how the call ended`, async (t) => {
      const { address } = await startRawServer(t, {
        onRequest(connection, stream) {
          connection.respond(stream);
          connection.message(stream, Buffer.from('one'));
          connection.trailers(stream);
          after(connection, stream);
        },
      });
      const channel = openChannel(t, address);
      const call = openCall(channel, 'Any');
      assert.equal(described(await call.status), 'OK');
      assert.deepEqual(call.messages.map(String), ['one']);
      assert.equal(await outcome(channel, 'Any', { waitForReady: true }), 'OK');
    });
  }

  for (let code = 0; code <= 14; code++) {
    test(`sends GOAWAY ${nameOf(code)} in the middle and closes makes the call UNAVAILABLE, with the reason`, async (t) => {
      const { address } = await startRawServer(t, {
        onRequest(connection, stream) {
          connection.respond(stream);
          connection.goaway(stream, code, 'the text');
          connection.socket.end();
        },
      });
      const ending = await outcome(openChannel(t, address), 'Any');
      if (code === 0) assert.match(ending, /^UNAVAILABLE: .* lost: the server closed it$/);
      else assert.ok(ending.endsWith(`lost: the server ended it: ${nameOf(code)} (the text)`), ending);
    });
  }

  for (const [what, flood] of [
    ['SETTINGS', (connection: RawConnection) => connection.send(SETTINGS, 0, 0, settings({ 4: 65_535 }))],
    ['PINGs', (connection: RawConnection) => connection.send(PING, 0, 0, Buffer.alloc(8))],
    ['empty DATA', (connection: RawConnection, stream: number) => connection.send(DATA, 0, stream)],
  ] as const) {
    test(`floods with ${what} stops neither the call nor the process`, async (t) => {
      const { address } = await startRawServer(t, {
        onRequest(connection, stream) {
          connection.socket.cork();
          connection.respond(stream);
          for (let sent = 0; sent < 20_000; sent++) flood(connection, stream);
          connection.trailers(stream);
          connection.socket.uncork();
        },
      });
      assert.match(await outcome(openChannel(t, address), 'Any'), /^(OK|UNAVAILABLE: .+)$/);
    });
  }

  test('sends a message byte by byte costs only a few times its size', {
    timeout: 30_000,
  }, async (t) => {
    const size = 50_000;
    const arrived = deferred();
    const { address } = await startRawServer(t, {
      onRequest(connection, stream) {
        connection.respond(stream);
        connection.socket.cork();
        for (const byte of framed(Buffer.alloc(size), { length: size + 1 }))
          connection.send(DATA, 0, stream, Buffer.from([byte]));
        connection.send(PING, 0, 0, Buffer.alloc(8));
        connection.socket.uncork();
      },
      onFrame: (_, { type, flags }) => {
        if (type === PING && flags === ACK) arrived.resolve();
      },
    });
    const channel = openChannel(t, address);
    await channel.ready();
    const before = await heapUsed();
    const call = openCall(channel, 'Any');
    await arrived.promise;
    const grown = (await heapUsed()) - before;
    assert.ok(grown < 20 * size, `${grown} bytes`);
    call.call.cancelWithStatus(status.CANCELLED, 'enough');
    await call.status;
  });

  test('announces 4 GiB gets RESOURCE_EXHAUSTED, and costs no memory', async (t) => {
    const { address } = await startRawServer(t, {
      onRequest(connection, stream) {
        connection.respond(stream);
        connection.send(DATA, 0, stream, framed(Buffer.alloc(100), { length: 2 ** 32 - 1 }));
      },
    });
    const before = process.memoryUsage().arrayBuffers;
    assert.equal(
      await outcome(openChannel(t, address), 'Any'),
      'RESOURCE_EXHAUSTED: a message of 4294967295 bytes is above the limit of 4194304',
    );
    assert.ok(process.memoryUsage().arrayBuffers - before < 10_000_000);
  });

  test('never answers can keep the call open only until its deadline', async (t) => {
    const { address } = await startRawServer(t, {});
    const ending = await outcome(openChannel(t, address), 'Any', { deadline: Date.now() + 100 });
    assert.equal(ending, `DEADLINE_EXCEEDED: deadline exceeded: ${address} has not finished its answer`);
  });

  test('ends a stream without a status while the client still sends ends the call', {
    timeout: 10_000,
  }, async (t) => {
    const { address } = await startRawServer(t, {
      onFrame(connection, { type, stream }) {
        if (type !== HEADERS) return;
        connection.respond(stream);
        connection.send(DATA, END_STREAM, stream, framed(Buffer.from('one')));
      },
    });
    const call = openCall(openChannel(t, address), 'Any', { requests: undefined });
    assert.equal(described(await call.status), 'INTERNAL: the server ended the stream without a status');
    assert.deepEqual(call.messages.map(String), ['one']);
  });

  test('ends a stream before the client has finished gets a reset', { timeout: 10_000 }, async (t) => {
    let reset = () => {};
    const wasReset = new Promise<void>((resolve) => {
      reset = resolve;
    });
    const { address } = await startRawServer(t, {
      onFrame(connection, { type, flags, stream }) {
        if (type === HEADERS && !(flags & END_STREAM)) {
          connection.respond(stream);
          connection.trailers(stream);
        }
        if (type === 3) reset();
      },
    });
    const call = openCall(openChannel(t, address), 'Any', { requests: undefined });
    assert.equal(described(await call.status), 'OK');
    await wasReset;
  });
});
