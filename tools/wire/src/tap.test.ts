import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { Metadata, status } from '@grpc/grpc-js';
import { developmentCertificates } from 'cli/certificates';
import { connect, defineService, StatusError, serve } from 'grpc-iterables';
import { BidirectionalStreamServer, ClientStream, ServerStream } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import type { Frame, Message } from './events.ts';
import { startTap } from './tap.ts';
import { connectTo, newHash, plainServer, type WatchedTap, watchedTap } from './testing.ts';

const guard = { timeout: 30_000 };

async function startServer(t: TestContext, options: Parameters<typeof serve>[1] = {}) {
  const server = await serve(
    [
      defineService<ServerStreamHandlers>(ServerStream.service, {
        async *Pow({ number, count }) {
          for (let power = 0; power < count; power++)
            yield { number: String(BigInt(number) ** BigInt(power)) };
          if (number === '13') throw new StatusError(status.OUT_OF_RANGE, 'größer geht es nicht');
        },
      }),
      defineService<ClientStreamHandlers>(ClientStream.service, {
        async Sum(requests) {
          let sum = 0n;
          for await (const { data } of requests) sum += BigInt(data);
          return { sum: String(sum) };
        },
      }),
      defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
        async *Sqrt(requests) {
          for await (const { number } of requests) yield { sqrt: Math.sqrt(number) };
        },
      }),
    ],
    { gracePeriod: 100, ...options },
  );
  t.after(() => server.shutdown());
  return server.address;
}

function frames({ events }: WatchedTap, of: Partial<Frame> = {}): Frame[] {
  return events.filter(
    (event): event is Frame =>
      event.type === 'frame' &&
      Object.entries(of).every(([name, value]) => event[name as keyof Frame] === value),
  );
}

function messages({ events }: WatchedTap, side: Message['side']): Message[] {
  return events.filter((event): event is Message => event.type === 'message' && event.side === side);
}

describe('the tap', () => {
  test('tells a call frame by frame: headers, messages, trailers and its end', guard, async (t) => {
    const tap = await watchedTap(t, await startServer(t));
    await using client = connect(ServerStream, tap.address);
    for await (const _ of client.pow({ number: 3, count: 4 }));
    const ended = await tap.until('ended');
    assert.equal(ended.method, '/stream.ServerStream/Pow');
    assert.deepEqual(
      [ended.status, ended.resetBy, ended.lost, ended.requests, ended.responses],
      ['OK', undefined, undefined, 1, 4],
    );
    const [request] = frames(tap, { stream: 1, side: 'client', frame: 'HEADERS' });
    assert.equal(Object.fromEntries(request?.headers ?? [])[':path'], '/stream.ServerStream/Pow');
    assert.deepEqual(
      messages(tap, 'client').map(({ text }) => text),
      ['number: 3 count: 4'],
    );
    assert.deepEqual(
      messages(tap, 'server').map(({ text }) => text),
      ['number: 1', 'number: 3', 'number: 9', 'number: 27'],
    );
    const trailers = frames(tap, { stream: 1, side: 'server', frame: 'HEADERS' }).at(-1);
    assert.deepEqual(trailers?.flags, ['END_STREAM', 'END_HEADERS']);
    assert.deepEqual(trailers?.headers?.[0], ['grpc-status', '0']);
  });

  test('tells a status with its message, decoded', guard, async (t) => {
    const tap = await watchedTap(t, await startServer(t));
    await using client = connect(ServerStream, tap.address);
    await assert.rejects(async () => {
      for await (const _ of client.pow({ number: 13, count: 1 }));
    });
    const { status, message } = await tap.until('ended');
    assert.deepEqual([status, message], ['OUT_OF_RANGE', 'größer geht es nicht']);
  });

  test('tells who reset a stream, and that the client had not half-closed', guard, async (t) => {
    const tap = await watchedTap(t, await startServer(t));
    await using client = connect(ClientStream, tap.address);
    const controller = new AbortController();
    async function* numbers() {
      yield { data: 1 };
      await tap.until('message');
      controller.abort();
      await new Promise<never>(() => {});
    }
    await assert.rejects(client.sum(numbers(), { signal: controller.signal }));
    const { resetBy, status } = await tap.until('ended');
    assert.deepEqual([resetBy, status], ['client', undefined]);
    assert.ok(frames(tap, { side: 'client', stream: 1 }).every(({ flags }) => !flags.includes('END_STREAM')));
  });

  test('tells that a stream is lost when its connection is cut', guard, async (t) => {
    const open: Socket[] = [];
    const server = await plainServer(t, (socket) => open.push(socket.resume()));
    const tap = await watchedTap(t, server);
    const session = connectHttp2(`http://${tap.address}`);
    session.on('error', () => {});
    session.request({ ':path': '/stream.ServerStream/Pow', ':method': 'POST' }).on('error', () => {});
    await tap.until('frame', ({ frame }) => frame === 'HEADERS');
    for (const socket of open) socket.resetAndDestroy();
    const { by, how } = await tap.until('closed');
    assert.deepEqual([by, how], ['server', 'reset']);
    const { method, lost } = await tap.until('ended');
    assert.deepEqual([method, lost], ['/stream.ServerStream/Pow', true]);
  });

  test(
    'follows the windows of a stream and of its connection until nothing may be sent',
    guard,
    async (t) => {
      const size = 100_000;
      const server = createHttp2Server();
      server.on('stream', (stream) => {
        stream.respond({ ':status': 200 });
        stream.end(Buffer.alloc(size));
      });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      t.after(() => server.close());
      const tap = await watchedTap(t, `127.0.0.1:${(server.address() as AddressInfo).port}`);
      const session = connectHttp2(`http://${tap.address}`);
      t.after(() => session.destroy());
      // Nothing is read yet, so nothing is granted again.
      const stream = session.request({ ':path': '/' });
      const empty = await tap.until(
        'frame',
        ({ frame, windows }) => frame === 'DATA' && windows?.stream === 0,
      );
      assert.equal(
        frames(tap, { frame: 'DATA' }).reduce((sum, { length }) => sum + length, 0),
        65_535,
      );
      assert.equal(empty.windows?.stream, 0);
      stream.resume();
      const granted = await tap.until(
        'frame',
        (event) => event.frame === 'WINDOW_UPDATE' && event.stream === 1,
      );
      assert.equal(granted.side, 'client');
      assert.equal(granted.windows?.stream, granted.increment);
      await once(stream, 'end');
      await tap.until('ended');
      assert.equal(
        frames(tap, { frame: 'DATA' }).reduce((sum, { length }) => sum + length, 0),
        size,
      );
    },
  );

  test('shows compressed messages, and unpacks no bomb', guard, async (t) => {
    const tap = await watchedTap(t, await startServer(t));
    const session = connectHttp2(`http://${tap.address}`);
    t.after(() => session.destroy());
    const stream = session.request({
      ':method': 'POST',
      ':path': '/stream.ClientStream/Sum',
      'content-type': 'application/grpc',
      'grpc-encoding': 'gzip',
      te: 'trailers',
    });
    stream.on('error', () => {});
    for (const message of [Buffer.from('08ac02', 'hex'), Buffer.alloc(50 * 1024 * 1024)]) {
      const packed = gzipSync(message);
      const prefix = Buffer.alloc(5, 1);
      prefix.writeUInt32BE(packed.length, 1);
      stream.write(Buffer.concat([prefix, packed]));
    }
    const before = process.memoryUsage().rss;
    await tap.until('message', ({ number }) => number === 2);
    assert.ok(process.memoryUsage().rss - before < 40 * 1024 * 1024);
    const [small, bomb] = messages(tap, 'client');
    assert.deepEqual([small?.compressed, small?.text], [true, 'data: 300']);
    assert.ok(bomb && bomb.text.length < 400, bomb?.text);
  });

  test('shows what its .proto does not say by field numbers and in hex', guard, async (t) => {
    const tap = await watchedTap(t, await startServer(t), { findMethod: () => undefined });
    await using client = connect(BidirectionalStreamServer, tap.address);
    for await (const _ of client.sqrt([{ number: 4 }]));
    assert.equal(messages(tap, 'client')[0]?.text, '1: 4616189618054758400');
  });

  test('does not show credentials', guard, async (t) => {
    const tap = await watchedTap(t, await startServer(t));
    await using client = connect(ServerStream, tap.address);
    const metadata = new Metadata();
    metadata.set('authorization', 'Bearer secret-token');
    for await (const _ of client.pow({ number: 1, count: 1 }, { metadata }));
    assert.doesNotMatch(JSON.stringify(tap.events), /secret-token/);
  });

  test('decodes header values of every octet that Node sends', guard, async (t) => {
    const server = createHttp2Server();
    server.on('stream', (stream) => stream.respond({ ':status': 200 }, { endStream: true }));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const tap = await watchedTap(t, `127.0.0.1:${(server.address() as AddressInfo).port}`);
    const session = connectHttp2(`http://${tap.address}`);
    t.after(() => session.destroy());
    const octets = [...Array(256).keys()].filter((octet) => octet === 9 || (octet >= 32 && octet !== 127));
    const value = `<${Buffer.from(octets).toString('latin1')}>`;
    // Twice: the second time from the dynamic table.
    for (let time = 0; time < 2; time++) {
      const stream = session.request({ 'x-octets': value }).resume();
      await once(stream, 'close');
    }
    const requests = frames(tap, { side: 'client', frame: 'HEADERS' });
    assert.deepEqual(
      requests.map(({ headers }) => Object.fromEntries(headers ?? [])['x-octets']),
      [value, value],
    );
  });
});

describe('with TLS', () => {
  test('the tap speaks it on either side, and decodes what is inside', guard, async (t) => {
    const { ca = '', server: cert = '', 'server-key': key = '' } = await developmentCertificates();
    const address = await startServer(t, { tls: { cert, key } });
    const tap = await watchedTap(t, address, { tlsForClients: { cert, key }, tlsToServer: { ca } });
    await using client = connect(ServerStream, tap.address, { tls: { ca } });
    for await (const _ of client.pow({ number: 3, count: 2 }));
    const { status, responses } = await tap.until('ended');
    assert.deepEqual([status, responses], ['OK', 2]);
  });

  test('a client that does not speak it is shown, and others go on', guard, async (t) => {
    const { ca = '', server: cert = '', 'server-key': key = '' } = await developmentCertificates();
    const tap = await watchedTap(t, await startServer(t), { tlsForClients: { cert, key } });
    connectTo(tap.address)
      .on('error', () => {})
      .resume()
      .write('GET / HTTP/1.1\r\n\r\n');
    assert.match((await tap.until('foreign')).reason, /^no TLS connection: /);
    await using client = connect(ServerStream, tap.address, { tls: { ca } });
    for await (const _ of client.pow({ number: 3, count: 2 }));
    assert.equal((await tap.until('ended')).status, 'OK');
  });

  test('a client that never finishes its handshake does not keep the tap open', guard, async () => {
    const { server: cert = '', 'server-key': key = '' } = await developmentCertificates();
    const tap = await startTap({ to: '127.0.0.1:1', tlsForClients: { cert, key } }, () => {});
    const silent = connectTo(tap.address).on('error', () => {});
    await once(silent, 'connect');
    // The tap accepts connections in their order, so it has the silent one when it refuses this one.
    const refused = connectTo(tap.address).on('error', () => {});
    refused.resume().write('GET / HTTP/1.1\r\n\r\n');
    await once(refused, 'end');
    await tap.close();
    for (const socket of [silent, refused]) socket.destroy();
  });

  test('a server whose certificate is not trusted is not talked to', guard, async (t) => {
    const [mine, other] = await Promise.all([developmentCertificates(), developmentCertificates()]);
    const tls = { cert: mine.server ?? '', key: mine['server-key'] ?? '' };
    const tap = await watchedTap(t, await startServer(t, { tls }), { tlsToServer: { ca: other.ca ?? '' } });
    const socket = connectTo(tap.address).on('error', () => {});
    const { by, how } = await tap.until('closed');
    assert.equal(by, 'server');
    assert.match(how, /CERT|SIGNATURE/);
    socket.destroy();
  });
});

describe('bytes that are not HTTP/2', () => {
  for (const [what, bytes, reason] of [
    ['HTTP/1', 'GET / HTTP/1.1\r\nhost: x\r\n\r\n', /^HTTP\/1, not HTTP\/2$/],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc', /^TLS; give the tap certificates/],
    ['noise', 'hello, is there anybody?', /^not HTTP\/2$/],
  ] as const) {
    test(`${what} is shown as such and passed on`, guard, async (t) => {
      const server = await plainServer(t, (socket) => socket.pipe(socket));
      const tap = await watchedTap(t, server);
      const socket = connectTo(tap.address);
      socket.end(Buffer.from(bytes, 'latin1'));
      const chunks: Buffer[] = [];
      for await (const chunk of socket) chunks.push(chunk);
      assert.equal(Buffer.concat(chunks).toString('latin1'), bytes);
      const { side, reason: said } = await tap.until('foreign');
      assert.equal(side, 'client');
      assert.match(said, reason);
      const { by, how } = await tap.until('closed');
      assert.deepEqual([by, how], ['client', 'end']);
    });
  }

  test('a client is cut off when there is no server, and the tap says why', guard, async (t) => {
    const tap = await watchedTap(t, '127.0.0.1:1');
    const socket = connectTo(tap.address).on('error', () => {});
    socket.resume();
    const { by, how } = await tap.until('closed');
    assert.deepEqual([by, how], ['server', 'ECONNREFUSED']);
  });
});

test('a writer waits while the other side does not read, and nothing is lost', guard, async (t) => {
  const total = 64 * 1024 * 1024;
  const connections: Socket[] = [];
  const server = await plainServer(t, (socket) => connections.push(socket.pause()));
  const tap = await watchedTap(t, server);
  const socket = connectTo(tap.address);
  const sent = newHash();
  let accepted = 0;
  async function writeAll() {
    for (; accepted < total; accepted += 256 * 1024) {
      const chunk = randomBytes(256 * 1024);
      sent.update(chunk);
      if (!socket.write(chunk)) await once(socket, 'drain');
    }
    socket.end();
  }
  const writing = writeAll();
  // Time enough for a tap that would take everything.
  await delay(300);
  assert.ok(accepted < total / 2, `${accepted} bytes were taken from the writer`);
  const received = newHash();
  const [reader] = connections;
  assert.ok(reader);
  for await (const chunk of reader) received.update(chunk);
  await writing;
  assert.equal(received.text(), sent.text());
});
