import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newEvent, openPage, sayBack, startBridge, startScripted } from '../test/bridged.ts';
import { settled } from '../test/sockets.ts';

// More than both kernels keep of a connection. That differs between machines.
const BUFFERS = 16 * 1024 * 1024;
const LONG = 'x'.repeat(16 * 1024);
const MESSAGES = (4 * BUFFERS) / LONG.length;

describe('a page that does not read', () => {
  test('makes the chat wait, and misses nothing when it reads again', async (t) => {
    let said = 0;
    const chat = await startScripted(t, async function* () {
      for (; said < MESSAGES; said++) yield { name: String(said), message: LONG };
    });
    const web = await startBridge(t, chat.address);
    const page = await openPage(t, web.url);
    page.ws.pause();
    const bytes = (await settled(() => said)) * LONG.length;
    assert.ok(bytes < BUFFERS, `${bytes} bytes said to a page that does not read`);
    page.ws.resume();
    for (let heard = 0; heard < MESSAGES; heard++) {
      assert.equal((await page.hear()).name, String(heard));
    }
    assert.equal((await page.closed).code, 1000);
  });
  test('does not keep others from hearing, though all share one connection to the chat', async (t) => {
    const chat = await startScripted(t, async function* (requests) {
      const { value } = await requests.next();
      if (value?.name === 'slow') for (;;) yield { message: LONG };
      yield* sayBack(requests);
    });
    const web = await startBridge(t, chat.address);
    for (let slow = 0; slow < 3; slow++) {
      const page = await openPage(t, web.url);
      page.ws.pause();
      page.say({ name: 'slow' });
    }
    const page = await openPage(t, web.url);
    page.say({ name: 'quick' });
    for (let index = 0; index < 500; index++) {
      page.say({ name: 'quick', body: `${index} ${LONG}` });
      const { message } = await page.hear();
      assert.ok(String(message).startsWith(`${index} `));
    }
  });
  test('and closes is gone for the chat, too', async (t) => {
    const chat = await startScripted(t, async function* () {
      for (;;) yield { message: LONG };
    });
    const web = await startBridge(t, chat.address);
    const page = await openPage(t, web.url);
    await page.next();
    page.ws.pause();
    page.ws.terminate();
    assert.deepEqual(await chat.ended(1), ['CANCELLED']);
    while (web.serving() > 0) await new Promise(setImmediate);
  });
});

describe('a chat that does not read', () => {
  test('makes the page wait, and misses nothing when it reads again', async (t) => {
    let read = 0;
    const goOn = newEvent();
    const chat = await startScripted(t, async function* (requests) {
      yield { message: 'hello' };
      await goOn.happened;
      for await (const { number } of requests) assert.equal(number, String(++read));
      yield { message: `read ${read}` };
    });
    const web = await startBridge(t, chat.address);
    const page = await openPage(t, web.url);
    for (let number = 1; number <= MESSAGES; number++) page.say({ name: 'Ann', body: LONG, number });
    const unsent = await settled(() => page.ws.bufferedAmount);
    const taken = MESSAGES * LONG.length - unsent;
    assert.ok(taken < BUFFERS, `${taken} bytes taken for a chat that does not read`);
    goOn.happens();
    page.ws.close(1000);
    assert.equal((await page.closed).code, 1000);
    assert.match(page.received.at(-1) ?? '', new RegExp(`read ${MESSAGES}"`));
  });
});
