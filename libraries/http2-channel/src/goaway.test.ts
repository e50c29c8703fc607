// Servers that close connections or refuse calls. A call that is safe to send again is sent again.
import assert from 'node:assert/strict';
import http2, { constants } from 'node:http2';
import { describe, test } from 'node:test';
import { connectivityState } from '@grpc/grpc-js';
import { startServer } from '../test/bytes-server.ts';
import { deferred, described, openCall, openChannel, outcome } from '../test/calls.ts';
import {
  HEADERS,
  type RawConnection,
  SETTINGS,
  settings,
  startRawServer,
  uint32,
  WINDOW_UPDATE,
} from '../test/raw-server.ts';

const { NGHTTP2_REFUSED_STREAM: REFUSED } = constants;

/** Missing in Node's types. */
type NumberedSession = http2.ClientHttp2Session & { setNextStreamID(id: number): void };

/** Answers with the number of the connection. */
function answer(connection: RawConnection, stream: number): void {
  connection.respond(stream);
  connection.message(stream, Buffer.from(String(connection.number)));
  connection.trailers(stream);
}

describe('after GOAWAY', () => {
  test('open calls continue, and new calls use a new connection', async (t) => {
    const asked = deferred();
    let finish = () => {};
    const { address, connections } = await startRawServer(t, {
      onRequest(connection, stream) {
        if (connection.number > 0) answer(connection, stream);
        if (connection.number > 0 || stream > 1) return;
        connection.respond(stream);
        connection.goaway(stream);
        finish = () => {
          connection.message(stream, Buffer.from('the rest'));
          connection.trailers(stream);
        };
        asked.resolve();
      },
    });
    const channel = openChannel(t, address);
    const open = openCall(channel, 'Any');
    await asked.promise;
    await open.headers;
    const next = openCall(channel, 'Any');
    assert.equal(described(await next.status), 'OK');
    assert.deepEqual(next.messages.map(String), ['1']);
    finish();
    assert.equal(described(await open.status), 'OK');
    assert.deepEqual(open.messages.map(String), ['the rest']);
    assert.equal(connections.length, 2);
  });

  test('a connection without calls is closed, even if the server keeps its side open', {
    timeout: 20_000,
  }, async (t) => {
    const { address, connections } = await startRawServer(t, { onRequest: answer });
    const channel = openChannel(t, address);
    assert.equal(await outcome(channel, 'Any'), 'OK');
    const gone = new Promise((resolve) => connections[0]?.socket.once('close', resolve));
    connections[0]?.goaway(1);
    await gone;
    assert.equal(channel.getConnectivityState(false), connectivityState.IDLE);
    assert.equal(await outcome(channel, 'Any'), 'OK');
  });

  test('a call above its number is sent again on a new connection, with its reads', async (t) => {
    const { address } = await startRawServer(t, {
      onRequest(connection, stream) {
        if (connection.number === 0) connection.goaway(0);
        else answer(connection, stream);
      },
    });
    const call = openCall(openChannel(t, address), 'Any', { requests: [Buffer.from('a'), Buffer.from('b')] });
    assert.equal(described(await call.status), 'OK');
    assert.deepEqual(call.messages.map(String), ['1']);
  });

  test('with an error code, a call up to its number is not sent again', async (t) => {
    let requests = 0;
    const { address } = await startRawServer(t, {
      onRequest(connection, stream) {
        requests++;
        connection.goaway(stream, REFUSED);
        connection.socket.end();
      },
    });
    assert.match(await outcome(openChannel(t, address), 'Any'), /^UNAVAILABLE: .*REFUSED_STREAM/);
    assert.equal(requests, 1);
  });
});

describe('a call that is refused', () => {
  /** A server that refuses the first calls. */
  async function refusing(t: Parameters<typeof startRawServer>[0], times: number) {
    const bodies: string[] = [];
    let left = times;
    const { address } = await startRawServer(t, {
      onRequest(connection, stream) {
        const data = connection.frames.filter((frame) => frame.type === 0 && frame.stream === stream);
        bodies.push(Buffer.concat(data.map(({ payload }) => payload)).toString('hex'));
        if (left-- > 0) connection.reset(stream, REFUSED);
        else answer(connection, stream);
      },
    });
    return { channel: openChannel(t, address), bodies };
  }

  test('is sent again unchanged', async (t) => {
    const { channel, bodies } = await refusing(t, 1);
    assert.equal(await outcome(channel, 'Any', { requests: [Buffer.from('a'), Buffer.from('b')] }), 'OK');
    assert.deepEqual(bodies, ['000000000161000000000162', '000000000161000000000162']);
  });

  test('twice is UNAVAILABLE', async (t) => {
    const { channel, bodies } = await refusing(t, 2);
    assert.match(await outcome(channel, 'Any'), /^UNAVAILABLE: .*REFUSED_STREAM/);
    assert.equal(bodies.length, 2);
  });

  test('after more bytes than are kept is UNAVAILABLE at once', async (t) => {
    let requests = 0;
    const { address } = await startRawServer(t, {
      onConnection(connection) {
        connection.send(SETTINGS, 0, 0, settings({ 4: 1_000_000 }));
        connection.send(WINDOW_UPDATE, 0, 0, uint32(1_000_000));
      },
      onRequest(connection, stream) {
        requests++;
        connection.reset(stream, REFUSED);
      },
    });
    const large = Array.from({ length: 5 }, () => Buffer.alloc(16_000));
    assert.match(
      await outcome(openChannel(t, address), 'Any', { requests: large }),
      /^UNAVAILABLE: .*REFUSED_STREAM/,
    );
    assert.equal(requests, 1);
  });

  test('after its response began is UNAVAILABLE', async (t) => {
    let requests = 0;
    const { address } = await startRawServer(t, {
      onRequest(connection, stream) {
        requests++;
        connection.respond(stream);
        connection.reset(stream, REFUSED);
      },
    });
    assert.match(await outcome(openChannel(t, address), 'Any'), /^UNAVAILABLE: .*REFUSED_STREAM/);
    assert.equal(requests, 1);
  });

  test('after it was cancelled stays cancelled', async (t) => {
    let requests = 0;
    const { address } = await startRawServer(t, {
      onFrame(_, { type }) {
        if (type === HEADERS) requests++;
      },
      onRequest: (connection, stream) => {
        call.call.cancelWithStatus(1, 'enough');
        connection.reset(stream, REFUSED);
      },
    });
    const channel = openChannel(t, address);
    const call = openCall(channel, 'Any');
    assert.equal(described(await call.status), 'CANCELLED: enough');
    assert.equal(requests, 1);
  });

  test('is sent again even if the channel is closing', async (t) => {
    let closed: Promise<void> | undefined;
    const { address } = await startRawServer(t, {
      onRequest(connection, stream) {
        if (closed) {
          answer(connection, stream);
          return;
        }
        closed = channel.close();
        connection.reset(stream, REFUSED);
      },
    });
    const channel = openChannel(t, address);
    assert.equal(await outcome(channel, 'Any'), 'OK');
    await closed;
  });
});

test('a connection that has no more numbers for streams is replaced', async (t) => {
  const { address, connections } = await startRawServer(t, { onRequest: answer });
  const { connect } = http2;
  t.after(() => {
    http2.connect = connect;
  });
  http2.connect = ((...args: Parameters<typeof connect>) => {
    const session = connect(...args);
    session.once('connect', () => (session as NumberedSession).setNextStreamID(2 ** 31 - 5));
    return session;
  }) as typeof connect;
  const channel = openChannel(t, address);
  for (let calls = 0; calls < 8; calls++) assert.equal(await outcome(channel, 'Any'), 'OK');
  assert.ok(connections.length > 1);
});

test('none of 1,000 calls is lost when the server closes connections all the time', {
  timeout: 60_000,
}, async (t) => {
  const sessions = new Set<http2.Http2Session>();
  let handled = 0;
  const server = http2.createServer();
  server.on('stream', (stream) => {
    handled++;
    stream.on('error', () => {});
    stream.respond({ 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    setImmediate(() => stream.end());
  });
  let rotations = 0;
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => {});
    session.on('close', () => sessions.delete(session));
    setTimeout(() => {
      rotations++;
      session.close();
    }, 5);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.close();
    for (const session of sessions) session.destroy();
  });
  const channel = openChannel(t, `127.0.0.1:${(server.address() as { port: number }).port}`);
  const endings = new Map<string, number>();
  await Promise.all(
    Array.from({ length: 20 }, async () => {
      for (let calls = 0; calls < 50; calls++) {
        const ending = await outcome(channel, 'Any');
        endings.set(ending, (endings.get(ending) ?? 0) + 1);
      }
    }),
  );
  assert.deepEqual([...endings], [['OK', 1000]]);
  assert.equal(handled, 1000, 'none is handled twice');
  assert.ok(rotations > 1);
});

test('a server that destroys its session ends all calls with UNAVAILABLE', { timeout: 20_000 }, async (t) => {
  const CALLS = 5;
  const open: http2.ServerHttp2Stream[] = [];
  const server = http2.createServer();
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    if (open.push(stream) === CALLS) stream.session?.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const { port } = server.address() as { port: number };
  const channel = openChannel(t, `127.0.0.1:${port}`);
  const endings = await Promise.all(Array.from({ length: CALLS }, () => outcome(channel, 'Any')));
  const lost = `UNAVAILABLE: connection to 127.0.0.1:${port} lost: the server closed it`;
  assert.deepEqual(endings, Array(CALLS).fill(lost));
});

test('when a server restarts, only open calls fail, and waiting calls do not', {
  timeout: 60_000,
}, async (t) => {
  const first = await startServer(t);
  const { address } = first;
  let { server } = first;
  const channels = Array.from({ length: 20 }, () => openChannel(t, address));
  const endings = new Set<string>();
  let running = true;
  const clients = channels.map(async (channel) => {
    while (running) endings.add(await outcome(channel, 'Unary', { waitForReady: true }));
  });
  for (let restarts = 0; restarts < 3; restarts++) {
    await Promise.all(channels.map((channel) => channel.ready()));
    server.forceShutdown();
    ({ server } = await startServer(t, { address }));
  }
  await Promise.all(channels.map((channel) => channel.ready()));
  running = false;
  await Promise.all(clients);
  for (const ending of endings) assert.match(ending, /^OK$|^UNAVAILABLE: connection to .* lost: |^CANCELLED/);
});
