import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { ServerInterceptingCall, status } from '@grpc/grpc-js';
import { startEcho } from '../test/echo-server.ts';
import { connectRaw, framed, openStream } from '../test/raw-peer.ts';

describe('writes on their way', () => {
  test('are joined: small responses share their frames', { timeout: 20_000 }, async (t) => {
    const { server } = await startEcho(t);
    const session = connectRaw(server.address);
    t.after(async () => session.destroy());
    const stream = openStream(session, 'Download');
    stream.end(framed(JSON.stringify({ value: 1000 })));
    let frames = 0;
    stream.on('data', () => frames++);
    await once(stream, 'end');
    assert.ok(frames < 200, `1000 responses came in ${frames} frames`);
  });

  test('are bounded in bytes: large responses wait for the client', { timeout: 20_000 }, async (t) => {
    let sent = 0;
    const { server, client } = await startEcho(t, {
      async *download() {
        for (; sent < 1000; sent++) yield { value: sent, text: 'x'.repeat(100_000) };
      },
    });
    const session = connectRaw(server.address);
    t.after(async () => session.destroy());
    openStream(session, 'Download').end(framed('{"value":1}'));
    while (sent === 0) await client.unary({ value: 1 });
    for (let round = 0; round < 50; round++) await client.unary({ value: round });
    assert.ok(sent < 5, `${sent} responses of 100 kB were taken`);
  });

  test("work together with the user's own interceptors", { timeout: 20_000 }, async (t) => {
    const called: string[] = [];
    const { client } = await startEcho(
      t,
      {},
      {
        channelOptions: {
          interceptors: [
            ({ path }, call) => {
              called.push(path);
              return new ServerInterceptingCall(call);
            },
          ],
        },
      },
    );
    let received = 0;
    for await (const _ of client.download({ value: 1000 })) received++;
    assert.equal(received, 1000);
    assert.deepEqual(called, ['/test.Echo/Download']);
  });

  test('that cannot be serialized fail the call, and only the server knows the reason', async (t) => {
    const { client, errors } = await startEcho(t, {
      async *download() {
        yield { value: 1 };
        // These messages are JSON, which has no bigint.
        yield { value: 2n as unknown as number };
      },
    });
    const received: number[] = [];
    await assert.rejects(
      async () => {
        for await (const { value } of client.download({ value: 1 })) received.push(value);
      },
      { code: status.INTERNAL, details: 'internal error' },
    );
    assert.deepEqual(received, [1]);
    assert.match(String(errors[0]), /BigInt/);
  });
});
