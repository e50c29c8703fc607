import assert from 'node:assert/strict';
import { type ClientHttp2Stream, constants } from 'node:http2';
import { describe, test } from 'node:test';
import { startEcho } from '../test/echo-server.ts';
import { closeOf, connectRaw, framed, openStream } from '../test/raw-peer.ts';
import { isDoubtful } from './doubtful-clients.ts';

describe('the user agent', () => {
  const cases: [string, boolean, string][] = [
    ['grpc-node-js/1.14.7', true, 'grpc-js'],
    ['shop/1.0 grpc-node-js/1.14.7', true, 'grpc-js in an application with a name'],
    ['connect-es/2.1.1', true, 'connect-es'],
    ['', true, 'it is empty'],
    ['shop/1.0', true, 'nobody knows it'],
    ['grpc-go/1.60.0 grpc-node-js/1.14.7', true, 'grpc-js puts another name first'],
    ['grpc-node-http2-channel/0.1.0 grpc-iterables/0.1.0', false, 'our own channel'],
    ['shop/1.0 grpc-go/1.60.0', false, 'grpc-go'],
    ['grpc-python/1.51.1 grpc-c/29.0.0 (linux; chttp2)', false, 'grpc-python'],
    ['grpc-java-netty/1.60.0', false, 'grpc-java'],
    ['tonic/0.12.3', false, 'tonic'],
  ];
  for (const [userAgent, expected, what] of cases) {
    test(`"${userAgent}" is ${expected ? 'doubtful' : 'certain'}: ${what}`, () =>
      assert.equal(isDoubtful(userAgent), expected));
  }
});

describe('an upload that is cancelled at any moment is never complete', () => {
  type Cancel = (stream: ClientHttp2Stream, controller: AbortController) => void;
  const cancels: [string, string, Cancel][] = [
    ['grpc-node-http2-channel/0.1.0', 'destroy(error)', (stream) => stream.destroy(new Error('gone'))],
    ['grpc-node-http2-channel/0.1.0', 'its signal', (_, controller) => controller.abort()],
    ['shop/1.0', 'destroy(error)', (stream) => stream.destroy(new Error('gone'))],
    ['shop/1.0', 'its signal', (_, controller) => controller.abort()],
    // It writes END_STREAM first. Only the wait distinguishes it from a half-close.
    ['shop/1.0', 'close(CANCEL)', (stream) => stream.close(constants.NGHTTP2_CANCEL)],
    ['grpc-node-js/1.14.7', 'close(CANCEL)', (stream) => stream.close(constants.NGHTTP2_CANCEL)],
  ];
  for (const [userAgent, way, cancel] of cancels) {
    test(`by ${userAgent} with ${way}`, { timeout: 60_000 }, async (t) => {
      let completed = 0;
      let thrown = 0;
      const { server, client } = await startEcho(t, {
        async upload(requests) {
          try {
            for await (const _ of requests);
          } catch (error) {
            thrown++;
            throw error;
          }
          completed++;
          return { value: 0 };
        },
      });
      async function cancelledUpload(index: number): Promise<void> {
        const controller = new AbortController();
        const stream = openStream(
          session,
          'Upload',
          { 'user-agent': userAgent },
          { signal: controller.signal },
        );
        const closed = closeOf(stream);
        for (let value = 0; value <= index; value++) stream.write(framed(JSON.stringify({ value })));
        for (let turn = 0; turn < index % 4; turn++) await new Promise(setImmediate);
        cancel(stream, controller);
        await closed;
      }
      let session = connectRaw(server.address);
      for (let round = 0; round < 10; round++) {
        await Promise.all(Array.from({ length: 20 }, (_, index) => cancelledUpload(index)));
        // A new connection each time. With many resets in one connection Node would close it.
        session.close();
        session = connectRaw(server.address);
      }
      t.after(() => session.destroy());
      await client.unary({ value: 1 });
      assert.equal(completed, 0);
      assert.ok(thrown > 0);
    });
  }
});
