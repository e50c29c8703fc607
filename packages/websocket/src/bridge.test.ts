import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import type { FromServer } from 'proto/gen/chatserver/FromServer';
import {
  type Act,
  newEvent,
  openPage,
  type Page,
  type Requests,
  sayBack,
  startBridge,
  startScripted,
} from '../test/bridged.ts';
import { connect, connectBare, frame, type Test } from '../test/sockets.ts';
import type { WebServerOptions } from './web-server.ts';

async function start(t: Test, act: Act = sayBack, options: Parameters<typeof startBridge>[2] = {}) {
  const chat = await startScripted(t, act);
  const web = await startBridge(t, chat.address, options);
  return { chat, web };
}

/** A page in the middle of a call: it has heard something. */
async function startTalking(t: Test, act: Act = sayBack, options: WebServerOptions = {}) {
  const { chat, web } = await start(t, act, options);
  const page = await openPage(t, web.url);
  page.say({ name: 'Ann', body: 'hi' });
  await page.hear();
  return { chat, web, page };
}

async function* first(requests: Requests): AsyncGenerator<FromServer> {
  const { value } = await requests.next();
  yield { name: value?.name ?? '', message: value?.body ?? '' };
}

describe('frames', () => {
  test('are the headers first, in both directions, then messages as JSON', async (t) => {
    const { web } = await start(t, async function* (requests, { metadata, sendHeaders }) {
      const headers = new Metadata();
      headers.set('code', 'k3f9');
      headers.set('after', 'room:7');
      sendHeaders(headers);
      yield { message: `${metadata.get('sender')} ${metadata.get('after')}` };
      for await (const { name, body, number, who } of requests)
        yield { name, message: `${body} ${number} ${who}` };
      yield { name: '0', message: '0' };
      yield { acknowledged: '18446744073709551615', members: [{ code: 'a', name: 'Ann' }] };
      yield { read: 7, more: true, arrived: [{ code: 'b', name: 'Bob' }] };
    });
    const page = await openPage(t, web.url, { sender: 's', after: 'room:1' });
    page.say({ name: 'Ann', body: 'grün', number: '9007199254740993', who: true });
    page.say({ name: 'Ann', number: 5 });
    page.ws.close(1000);
    await page.closed;
    assert.deepEqual(
      page.received.map((text) => JSON.parse(text)),
      [
        { code: 'k3f9', after: 'room:7' },
        { message: 's room:1' },
        { name: 'Ann', message: 'grün 9007199254740993 true' },
        { name: 'Ann', message: ' 5 false' },
        { name: '0', message: '0' },
        { acknowledged: '18446744073709551615', members: [{ code: 'a', name: 'Ann' }] },
        { read: '7', more: true, arrived: [{ code: 'b', name: 'Bob' }] },
      ],
    );
  });
});

describe('the page', () => {
  test('closes with 1000: a half-close; the answer is 1000 when the call has ended with OK', async (t) => {
    const { chat, page } = await startTalking(t, async function* (requests) {
      yield* sayBack(requests);
      yield { message: 'after the half-close' };
    });
    page.ws.close(1000);
    assert.deepEqual(await page.closed, { code: 1000, reason: '' });
    assert.match(page.received.at(-1) ?? '', /after the half-close/);
    assert.deepEqual(chat.ends, ['half-close']);
  });
  test('closes with 1000, but the call fails: the answer says so', async (t) => {
    const { page } = await startTalking(t, async function* (requests) {
      yield* sayBack(requests);
      throw new StatusError(status.DATA_LOSS, 'nothing was kept');
    });
    page.ws.close(1000);
    assert.deepEqual(await page.closed, { code: 4000 + status.DATA_LOSS, reason: 'nothing was kept' });
  });
  test('closes with 1000 before it has sent anything: there is no call', async (t) => {
    const { chat, web } = await start(t);
    const { ws, closed } = await connect(t, web.url);
    ws.close(1000);
    assert.equal((await closed).code, 1000);
    assert.equal(chat.open(), 0);
  });
  for (const code of [1001, 3000, 4999, undefined]) {
    test(`closes with ${code ?? 'no code'}: the call is cancelled`, async (t) => {
      const { chat, web, page } = await startTalking(t);
      page.ws.close(code);
      assert.deepEqual(await chat.ended(1), ['CANCELLED']);
      assert.equal((await page.closed).code, code ?? 1005);
      assert.equal(web.serving(), 0);
    });
  }
  test('loses its connection: the call is cancelled', async (t) => {
    const { chat, web, page } = await startTalking(t);
    page.ws.terminate();
    assert.deepEqual(await chat.ended(1), ['CANCELLED']);
    assert.equal(web.serving(), 0);
  });
  test('loses its connection while it waits for the answer to its close: the call ends normally', async (t) => {
    const halfClosed = newEvent();
    const gone = newEvent();
    const { chat, page } = await startTalking(t, async function* (requests) {
      yield* sayBack(requests);
      halfClosed.happens();
      await gone.happened;
    });
    page.ws.close(1000);
    await halfClosed.happened;
    page.ws.terminate();
    await page.closed;
    gone.happens();
    assert.deepEqual(await chat.ended(1), ['half-close']);
  });
  test('disappears without closing: the call is cancelled', async (t) => {
    const { chat, web } = await start(t, sayBack, { pingInterval: 50 });
    const socket = await connectBare(t, web.address, '/chat');
    socket.resume();
    socket.write(Buffer.concat([frame('{}'), frame('{"name":"Ann"}')]));
    assert.deepEqual(await chat.ended(1), ['CANCELLED']);
  });
  for (const [what, said, reason] of [
    ['text that is not JSON', '{"name":', 'not JSON'],
    ['JSON that is not an object', '["Ann"]', 'not a JSON object'],
    ['null', 'null', 'not a JSON object'],
    ['an unknown field', '{"nmae":"Ann"}', 'no field "nmae"; there are name, body, number, who, arrivals'],
    [
      'a field that every object has',
      '{"constructor":"x"}',
      'no field "constructor"; there are name, body, number, who, arrivals',
    ],
    ['a name that is not a text', '{"name":7}', 'name has to be a text'],
    ['a number below 0', '{"number":-1}', 'number has to be a whole number from 0 to 2 ** 64 - 1'],
    [
      'a number that is rounded',
      '{"number":9007199254740993}',
      'number has to be a whole number from 0 to 2 ** 64 - 1',
    ],
    [
      'a number beyond uint64',
      '{"number":"18446744073709551616"}',
      'number has to be a whole number from 0 to 2 ** 64 - 1',
    ],
    ['a who that is neither true nor false', '{"who":"yes"}', 'who has to be true or false'],
  ] as const) {
    test(`sends ${what}: 1007 says so, and the call is cancelled`, async (t) => {
      const { chat, page } = await startTalking(t);
      page.ws.send(said);
      assert.deepEqual(await page.closed, { code: 1007, reason });
      assert.deepEqual(await chat.ended(1), ['CANCELLED']);
    });
  }
  test('sends headers that cannot be passed on: 1007, and there is no call', async (t) => {
    const { chat, web } = await start(t);
    const page = await openPage(t, web.url, { sender: 'ä' });
    assert.deepEqual(await page.closed, {
      code: 1007,
      reason: 'sender has to be a text of up to 200 printable ASCII characters',
    });
    assert.equal(chat.open(), 0);
  });
  test('sends bytes instead of text: 1003, and the call is cancelled', async (t) => {
    const { chat, page } = await startTalking(t);
    page.ws.send(Buffer.from([1]));
    assert.equal((await page.closed).code, 1003);
    assert.deepEqual(await chat.ended(1), ['CANCELLED']);
  });
  test('sends more than allowed: 1009, and the call is cancelled', async (t) => {
    const { chat, page } = await startTalking(t);
    page.say({ name: 'x'.repeat(40_000) });
    assert.equal((await page.closed).code, 1009);
    assert.deepEqual(await chat.ended(1), ['CANCELLED']);
  });
});

describe('the chat', () => {
  test('ends the call with OK: 1000', async (t) => {
    const { chat, page } = await startTalking(t, first);
    assert.deepEqual(await page.closed, { code: 1000, reason: '' });
    assert.deepEqual(chat.ends, ['returned']);
  });
  const codes = Object.values(status).filter((code) => typeof code === 'number' && code !== status.OK);
  for (const code of codes as status[]) {
    test(`fails with ${status[code]}: ${4000 + code} and its details, after all earlier messages`, async (t) => {
      const { page } = await startTalking(t, async function* (requests) {
        yield* first(requests);
        throw new StatusError(code, 'because');
      });
      assert.deepEqual(await page.closed, { code: 4000 + code, reason: 'because' });
    });
  }
  test('fails with a reason that is too long for a close frame: whole characters, as many as fit', async (t) => {
    const { page } = await startTalking(t, async function* (requests) {
      yield* first(requests);
      throw new StatusError(status.ABORTED, `${'x'.repeat(121)}😀`);
    });
    assert.deepEqual(await page.closed, { code: 4010, reason: 'x'.repeat(121) });
  });
  test('throws an error that is not a status: 4013, and none of its text', async (t) => {
    const { page } = await startTalking(t, async function* (requests) {
      yield* first(requests);
      throw new Error('/secret/path');
    });
    assert.deepEqual(await page.closed, { code: 4013, reason: 'internal error' });
  });
  test('shuts down: 4014, and a page that comes back when it is up again is served', async (t) => {
    const { chat, web, page } = await startTalking(t);
    await chat.shutdown();
    assert.deepEqual(await page.closed, { code: 4014, reason: 'the server is shutting down' });
    const meanwhile = await openPage(t, web.url);
    const { code, reason } = await meanwhile.closed;
    assert.equal(code, 4014);
    assert.match(reason, /connection refused/);
    await startScripted(t, sayBack, chat.port);
    for (let served = false; !served; ) {
      const again = await openPage(t, web.url);
      again.say({ name: 'Ann', body: 'back' });
      served = await Promise.race([
        again.closed.then(() => false),
        again.hear().then(
          () => true,
          () => false,
        ),
      ]);
    }
  });
});

describe('the bridge', () => {
  test('keeps the other pages when a visitor opens and cuts off more sockets than a connection may reset', async (t) => {
    const { chat, web } = await start(t, async function* (requests, { sendHeaders }) {
      sendHeaders(new Metadata());
      yield* sayBack(requests);
    });
    const staying = await openPage(t, web.url);
    await staying.next();
    for (let round = 0; round < 24; round++) {
      const pages = await Promise.all(Array.from({ length: 50 }, () => openPage(t, web.url)));
      await Promise.all(pages.map((page) => page.next()));
      for (const page of pages) page.ws.terminate();
      await chat.ended(50 * (round + 1));
    }
    staying.say({ name: 'Ann', body: 'still here' });
    assert.match(await staying.next(), /still here/);
  });
  test('says so when the chat takes a call and does not answer: 4014', async (t) => {
    const { chat, web } = await start(
      t,
      async function* (requests) {
        await requests.next();
        yield* [];
      },
      { patience: 200 },
    );
    const page = await openPage(t, web.url);
    assert.deepEqual(await page.closed, { code: 4014, reason: 'the chat does not answer' });
    assert.deepEqual(await chat.ended(1), ['CANCELLED']);
  });
  test('shuts down: 1012 at once, and the call is cancelled', async (t) => {
    const { chat, web, page } = await startTalking(t, sayBack, { gracePeriod: 60_000 });
    await web.shutdown();
    assert.deepEqual(await page.closed, { code: 1012, reason: 'the server is shutting down' });
    assert.deepEqual(await chat.ended(1), ['CANCELLED']);
  });
  test('keeps nothing of two hundred calls that ended in every way at once', async (t) => {
    const { chat, web } = await start(t, async function* (requests) {
      for await (const { body } of requests) {
        if (body === 'fail') throw new StatusError(status.ABORTED, 'as asked');
        if (body === 'return') return;
        yield { message: body };
      }
    });
    const ways = [
      (page: Page) => page.ws.close(1000),
      (page: Page) => page.ws.close(1001),
      (page: Page) => page.ws.terminate(),
      (page: Page) => page.ws.send('bad'),
      (page: Page) => page.say({ body: 'fail' }),
      (page: Page) => page.say({ body: 'return' }),
    ];
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const page = await openPage(t, web.url);
        for (let said = 0; said < index % 5; said++) page.say({ name: 'Ann', body: 'x' });
        ways[index % ways.length]?.(page);
        await page.closed;
      }),
    );
    while (web.serving() > 0 || chat.open() > 0) await new Promise(setImmediate);
    await web.shutdown();
  });
});
