import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { connect as connectClient, serve } from 'grpc-iterables';
import { Echo } from 'proto';
import { connect, connectBare, echoRoute, frame, settled, startWeb, type Test } from '../test/sockets.ts';
import { echoService } from './echo-service.ts';
import type { TextSocket } from './text-socket.ts';

async function overWebSocket(t: Test, texts: string[]): Promise<string[]> {
  const { address } = await startWeb(t);
  const peer = await connect(t, `ws://${address}/ws`);
  for (const text of texts) peer.ws.send(text);
  const replies: string[] = [];
  while (replies.length < texts.length) replies.push(await peer.next());
  peer.ws.close(1000);
  assert.deepEqual(await peer.closed, { code: 1000, reason: '' });
  return replies;
}

async function overGrpc(t: Test, texts: string[]): Promise<string[]> {
  const server = await serve([echoService()], { gracePeriod: 0 });
  t.after(server.shutdown);
  const client = connectClient(Echo, server.address);
  t.after(() => client.close());
  const replies: string[] = [];
  const requests = texts.map((text) => ({ text }));
  for await (const { text } of client.talk(requests)) replies.push(text);
  return replies;
}

for (const [transport, echoed] of Object.entries({ WebSocket: overWebSocket, gRPC: overGrpc })) {
  describe(`the echo over ${transport}`, () => {
    test('replies to each message, in order', async (t) => {
      assert.deepEqual(await echoed(t, ['one', 'two', '']), [
        'server reply: one',
        'server reply: two',
        'server reply: ',
      ]);
    });
    test('sends nothing if it gets nothing', async (t) => {
      assert.deepEqual(await echoed(t, []), []);
    });
    test('takes ten thousand messages at once', async (t) => {
      const texts = Array.from({ length: 10_000 }, (_, index) => `message ${index}`);
      const replies = await echoed(t, texts);
      assert.deepEqual(
        replies,
        texts.map((text) => `server reply: ${text}`),
      );
    });
    test('accepts a megabyte of all kinds of text in one message', async (t) => {
      const text = 'aé漢😀'.repeat(100_000);
      assert.deepEqual(await echoed(t, [text, 'short']), [`server reply: ${text}`, 'server reply: short']);
    });
  });
}

describe('a WebSocket message', () => {
  test('may come byte by byte', async (t) => {
    const { address } = await startWeb(t);
    const socket = await connectBare(t, address);
    socket.setNoDelay();
    for (const byte of frame('grün')) {
      socket.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    const [reply] = await once(socket, 'data');
    assert.equal(reply.subarray(2).toString(), 'server reply: grün');
  });
  test('may come in several frames, and several in one packet', async (t) => {
    const { address } = await startWeb(t);
    const peer = await connect(t, `ws://${address}/ws`);
    for (const [part, fin] of [
      ['a', false],
      ['b', false],
      ['c', true],
    ] as const)
      peer.ws.send(part, { fin });
    assert.equal(await peer.next(), 'server reply: abc');
    const socket = await connectBare(t, address);
    socket.write(Buffer.concat([frame('one'), frame('two')]));
    let replies = '';
    while (!replies.includes('two')) replies += String((await once(socket, 'data'))[0]);
    assert.match(replies, /server reply: one.*server reply: two/s);
  });
  test('that is longer than allowed closes the socket with 1009', async (t) => {
    const { address } = await startWeb(t);
    const peer = await connect(t, `ws://${address}/ws`);
    peer.ws.send('x'.repeat(echoRoute.longestMessage + 1));
    assert.equal((await peer.closed).code, 1009);
  });
  test('that is not text closes the socket with 1003', async (t) => {
    const { address } = await startWeb(t);
    const peer = await connect(t, `ws://${address}/ws`);
    peer.ws.send(Buffer.from([1, 2]));
    assert.deepEqual(await peer.closed, { code: 1003, reason: 'only text is understood' });
  });
  test('that is not UTF-8 closes the socket with 1007', async (t) => {
    const { address } = await startWeb(t);
    const peer = await connect(t, `ws://${address}/ws`);
    peer.ws.send(Buffer.from([0xff]), { binary: false });
    assert.equal((await peer.closed).code, 1007);
  });
});

describe('a reader that stops reading', () => {
  test('is not read by the server, and gets every reply when it reads again', async (t) => {
    const MESSAGES = 600;
    let taken = 0;
    const counting = {
      longestMessage: 1024 * 1024,
      serve(socket: TextSocket) {
        async function* counted() {
          for await (const text of socket.messages) {
            taken++;
            yield text;
          }
        }
        return echoRoute.serve({ ...socket, messages: counted() });
      },
    };
    const { address } = await startWeb(t, {}, { '/ws': counting });
    const peer = await connect(t, `ws://${address}/ws`);
    peer.ws.pause();
    for (let sent = 0; sent < MESSAGES; sent++) peer.ws.send(`${sent} ${'x'.repeat(64 * 1024)}`);
    const whilePaused = await settled(() => taken);
    // Both kernels hold some megabytes.
    assert.ok(whilePaused < MESSAGES / 2, `${whilePaused} of ${MESSAGES} messages taken`);
    peer.ws.resume();
    for (let read = 0; read < MESSAGES; read++) {
      assert.ok((await peer.next()).startsWith(`server reply: ${read} `));
    }
  });
});
