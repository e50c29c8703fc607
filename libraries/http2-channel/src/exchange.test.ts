import assert from 'node:assert/strict';
import { once } from 'node:events';
import http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import type { Connection } from './connection.ts';
import { Exchange } from './exchange.ts';

const message = Buffer.from([0, 0, 0, 0, 1, 7]);

/** A server that answers each stream with one message, or only with a status. */
async function startServer(withMessage: boolean) {
  const server = http2.createServer();
  server.on('stream', (stream) => {
    stream.on('error', () => {});
    const headers = { ':status': 200, 'content-type': 'application/grpc' };
    if (withMessage) {
      stream.respond(headers);
      stream.write(message);
    } else {
      stream.respond({ ...headers, 'grpc-status': '5' }, { endStream: true });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

for (const [when, withMessage] of [
  ['a call that is cancelled while a message is delivered', true],
  ['a call that the server answers while requests are being sent', false],
] as const) {
  test(`${when} resets its stream after the events of the stream`, async (t) => {
    const server = await startServer(withMessage);
    const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    t.after(() => {
      session.destroy();
      server.close();
    });
    const stream = session.request({ ':method': 'POST', 'content-type': 'application/grpc' });
    stream.write(message);
    // The stream closes with an error, and `once` would throw it.
    const closed = new Promise((resolve) => stream.on('close', resolve));
    const connection = {
      lost: undefined,
      peer: 'the server',
      disowned: () => false,
    } as unknown as Connection;
    // Node's http2 can abort after a reset inside of its own events.
    const destroyedInside = await new Promise((resolve) => {
      const exchange: Exchange = new Exchange(stream, connection, 1000, {
        onHeaders() {},
        onMessage() {
          exchange.abandon();
          resolve(stream.destroyed);
        },
        onArrived() {},
        onEnd: () => resolve(stream.destroyed),
      });
      exchange.read();
    });
    assert.equal(destroyedInside, false);
    await closed;
    assert.equal(stream.rstCode, http2.constants.NGHTTP2_INTERNAL_ERROR);
  });
}
