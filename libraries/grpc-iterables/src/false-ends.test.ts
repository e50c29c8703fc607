// A cancel of Node's http2 sends END_STREAM before its reset. With grpc-js alone on the other side, no cancelled upload may look
// complete, in either direction. A peer that does not even reset is ended by its deadline.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as grpc from '@grpc/grpc-js';
import { deferred, startEcho } from '../test/echo-server.ts';
import { EchoClient, echoDefinition, type Item } from '../test/echo-service.ts';
import { connectEcho } from '../test/transport.ts';
import { StatusError, streamingChannelOptions } from './index.ts';

const ROUNDS = 20;
const AT_ONCE = 20;

/** Runs many uploads, of different lengths, some at a time. */
async function manyUploads(upload: (messages: number) => Promise<void>): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => upload(1 + index * 3)));
  }
}

test('uploads that a grpc-js client cancels never look complete to our server', async (t) => {
  let completed = 0;
  let thrown = 0;
  const { server } = await startEcho(t, {
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
  const grpcClient = new EchoClient(
    server.address,
    grpc.credentials.createInsecure(),
    streamingChannelOptions,
  );
  t.after(() => grpcClient.close());
  await manyUploads(async (messages) => {
    const answered = deferred();
    const call = grpcClient.upload(() => answered.resolve());
    for (let value = 0; value < messages; value++) call.write({ value });
    // After the last request is sent. At this moment Node's http2 has only the false end to write.
    await new Promise((sent) => call.write({ value: messages }, sent));
    call.cancel();
    await answered.promise;
  });
  assert.equal(completed, 0);
  assert.ok(thrown > 0);
});

test('uploads that our client cancels never look complete to a grpc-js server', async (t) => {
  let completed = 0;
  let begun = 0;
  const server = new grpc.Server();
  server.addService(echoDefinition, {
    unary: () => {},
    download: () => {},
    exchange: () => {},
    upload: async (call: grpc.ServerReadableStream<Item, Item>, callback: grpc.sendUnaryData<Item>) => {
      begun++;
      try {
        for await (const _ of call);
        completed++;
        callback(null, { value: 0 });
      } catch {
        // The call is cancelled, so grpc-js sends nothing.
      }
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const { client, close } = connectEcho(`127.0.0.1:${port}`);
  t.after(() => {
    close();
    server.forceShutdown();
  });
  await manyUploads(async (messages) => {
    const controller = new AbortController();
    async function* requests() {
      for (let value = 0; value < messages; value++) yield { value };
      for (let turn = 0; turn < messages % 7; turn++) await nextTurn();
      controller.abort();
      await new Promise(() => {});
    }
    await assert.rejects(client.upload(requests(), { signal: controller.signal }), StatusError);
  });
  assert.equal(completed, 0);
  assert.ok(begun > 0);
});

test('a client that neither reads nor resets is ended by its deadline', { timeout: 20_000 }, async (t) => {
  const ended = deferred<unknown>();
  const { server } = await startEcho(t, {
    async *download(_, { signal }) {
      try {
        for (;;) yield { value: 1, text: 'x'.repeat(10_000) };
      } finally {
        ended.resolve(signal.reason);
      }
    },
  });
  const session = connect(`http://${server.address}`);
  t.after(() => session.destroy());
  // The server that shuts down after the test resets both.
  session.on('error', () => {});
  const body = Buffer.from(JSON.stringify({ value: 1 }));
  const stream = session.request({
    ':method': 'POST',
    ':path': '/test.Echo/Download',
    'content-type': 'application/grpc',
    te: 'trailers',
    'grpc-timeout': '200m',
  });
  stream.on('error', () => {});
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(body.length, 1);
  stream.end(Buffer.concat([prefix, body]));
  await once(stream, 'response');
  const reason = await ended.promise;
  assert.ok(reason instanceof StatusError);
  assert.equal(reason.code, grpc.status.DEADLINE_EXCEEDED);
});
