import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { WebSocket, WebSocketServer } from 'ws';
import { attempt, event, expected, patience } from '../harness.ts';

const { toPage } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A page, connected to a server that passes this call on to it; and when the function has ended. */
async function pageOf(t: TestContext, call: (signal: AbortSignal) => AsyncIterable<string>) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const ended = event<Promise<void>>();
  server.on('connection', (socket) => ended.happen(toPage(socket, call)));
  const page = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const texts: string[] = [];
  page.on('message', (text) => texts.push(String(text)));
  const closed = once(page, 'close').then(([code, reason]) => ({ code, reason: String(reason) }));
  t.after(() => {
    page.terminate();
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  await once(page, 'open');
  return { page, texts, closed, ended: ended.happened };
}

test('the page gets all texts, and then 1000', patience, async (t) => {
  const { texts, closed, ended } = await pageOf(t, async function* () {
    yield* ['a', 'b', 'c'];
  });
  const { code } = await expected(closed, 'the socket must be closed when the call has ended');
  assert.deepEqual(texts, ['a', 'b', 'c']);
  assert.equal(code, 1000, `the call has ended with OK, so the close code is 1000, and not ${code}`);
  await expected(ended, 'toPage must resolve when the call has ended');
});

test('the page gets the status of a call that fails, after all texts', patience, async (t) => {
  const { texts, closed, ended } = await pageOf(t, async function* () {
    yield 'a';
    throw new StatusError(status.RESOURCE_EXHAUSTED, 'you read too slowly');
  });
  const { code, reason } = await expected(closed, 'the socket must be closed when the call has failed');
  assert.deepEqual(texts, ['a']);
  assert.equal(
    `${code} ${reason}`,
    '4008 you read too slowly',
    `the close code is 4000 and the status, with the details as the reason. The page got "${code} ${reason}"`,
  );
  await expected(ended, 'toPage must resolve when the call has failed');
});

test('a page that does not read stops the call', patience, async (t) => {
  const text = 'x'.repeat(100_000);
  let taken = 0;
  const { page, closed } = await pageOf(t, async function* () {
    for (; taken < 400; taken++) {
      yield text;
      await turn();
    }
  });
  page.pause();
  // The operating system has buffers of some megabytes. When they are full, nothing more is sent.
  for (let before = -1; before !== taken; ) {
    before = taken;
    await delay(100);
  }
  assert.ok(taken < 300, `the page does not read, but ${taken} texts of 100 kB were taken from the call`);
  page.resume();
  await expected(closed, 'when the page reads again, it must get the rest');
});

test('a page that leaves ends the call, although the call is silent', patience, async (t) => {
  const aborted = event();
  const { page, texts, ended } = await pageOf(t, async function* (signal) {
    yield 'a';
    if (!signal.aborted) await once(signal, 'abort');
    aborted.happen();
    throw new StatusError(status.CANCELLED, 'the page is gone');
  });
  if (texts.length === 0) await once(page, 'message');
  page.close(1001);
  await expected(aborted.happened, 'the signal of the call must be aborted when the page is gone');
  await expected(ended, 'toPage must resolve when the page is gone');
});
