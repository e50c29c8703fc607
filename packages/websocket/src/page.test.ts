import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import {
  startBrowser,
  startChatServer,
  startTerminal,
  startWebServer,
  visit,
  whyNoChromium,
} from '../test/browser.ts';

describe('the page, in Chromium', { skip: whyNoChromium() }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  async function startRoom(t: Parameters<typeof startChatServer>[0]) {
    const chat = await startChatServer(t);
    const web = await startWebServer(t, chat.address);
    return { chat, web };
  }

  test('two pages and a terminal talk', async (t) => {
    const { chat, web } = await startRoom(t);
    const ann = await visit(browser, web.address, 'Ann');
    await ann.sees('state', 'connected');
    const bob = await visit(browser, web.address, 'Bob');
    const cara = startTerminal(t, chat.address, 'Cara');
    await cara.line(/joined/);
    for (const name of ['Ann', 'Bob', 'Cara']) {
      await ann.sees('members', name);
      await bob.sees('members', name);
    }
    await ann.say('hello from a page');
    await bob.sees('messages', 'hello from a page');
    await cara.line(/Ann: hello from a page$/);
    cara.say('hello from a terminal');
    await ann.sees('messages', /Cara\s*hello from a terminal/);
    await bob.say('<b>not bold</b> & 漢😀');
    await ann.sees('messages', /Bob\s*<b>not bold<\/b> & 漢😀/);
    await cara.line(/Bob: <b>not bold<\/b> & 漢😀$/);
    // Acknowledged.
    await ann.page.locator('.own:not(.waiting)').waitFor();
  });

  test('shows codes where two people have one name, and where a name only looks the same', async (t) => {
    const { web } = await startRoom(t);
    const ann = await visit(browser, web.address, 'Ann');
    await ann.sees('members', /^Ann – you$/);
    const bob = await visit(browser, web.address, 'Bob');
    await bob.say('I am Bob');
    await ann.sees('messages', 'I am Bob');
    assert.match((await ann.lines()).join(), /^Bob\n/);
    const others = [await visit(browser, web.address, 'Bob'), await visit(browser, web.address, 'ANN\u200b')];
    for (const other of others) await other.say('so am I');
    await ann.page.locator('#messages li', { hasText: 'so am I' }).nth(1).waitFor();
    await ann.page.locator('#members li').nth(3).waitFor();
    const CODE = / \([a-z0-9]{8}\)/;
    const lines = await ann.lines();
    for (const line of [...lines, ...(await ann.page.locator('#members li').allInnerTexts())])
      assert.match(line, CODE);
    assert.equal(new Set(lines.map((line) => CODE.exec(line)?.[0])).size, 3);
  });

  test('shows that the chat server is gone, and reconnects when it is back: messages from the meantime arrive once', async (t) => {
    const { chat, web } = await startRoom(t);
    const ann = await visit(browser, web.address, 'Ann');
    await ann.sees('state', 'connected');
    await ann.say('before');
    await ann.page.locator('.own:not(.waiting)').waitFor();
    chat.child.kill('SIGKILL');
    await chat.exit;
    await ann.sees('state', 'connection lost');
    await ann.say('into the dark');
    await ann.say('and again');
    assert.equal(await ann.page.locator('.waiting').count(), 2);
    const restarted = await startChatServer(t, chat.address.split(':')[1], '--history', '100');
    await ann.sees('state', /^connected$/);
    await ann.page.locator('.waiting').first().waitFor({ state: 'detached' });
    const bob = await visit(browser, web.address, 'Bob');
    await bob.sees('messages', 'and again');
    assert.deepEqual(await bob.lines(), ['Ann\ninto the dark', 'Ann\nand again']);
    await ann.sees('messages', 'some messages may be missing');
    restarted.child.kill();
  });

  test('reconnects when the bridge restarts, and gets messages from the meantime, once', async (t) => {
    const { chat, web } = await startRoom(t);
    const ann = await visit(browser, web.address, 'Ann');
    await ann.sees('state', 'connected');
    const cara = startTerminal(t, chat.address, 'Cara');
    cara.say('one');
    await ann.sees('messages', 'one');
    const states = await ann.noteStates();
    web.child.kill('SIGTERM');
    assert.equal(await web.exit, 0);
    await states.waitFor('the server is restarting');
    cara.say('two');
    await startWebServer(t, chat.address, web.address.split(':')[1]);
    await ann.sees('messages', 'two');
    cara.say('three');
    await ann.sees('messages', 'three');
    assert.deepEqual(await ann.lines(), ['Cara\none', 'Cara\ntwo', 'Cara\nthree']);
  });

  test('that is closed disappears from the lists of others, and so does one that leaves', async (t) => {
    const { chat, web } = await startRoom(t);
    const ann = await visit(browser, web.address, 'Ann');
    const bob = await visit(browser, web.address, 'Bob');
    const cara = await visit(browser, web.address, 'Cara');
    for (const name of ['Bob', 'Cara']) await ann.sees('members', name);
    await bob.page.close();
    await ann.page.locator('#members', { hasText: 'Bob' }).waitFor({ state: 'detached' });
    await cara.page.getByRole('button', { name: 'Leave' }).click();
    await cara.page.getByLabel('Your name').waitFor();
    await ann.page.locator('#members', { hasText: 'Cara' }).waitFor({ state: 'detached' });
    assert.equal(chat.output.filter((line) => / left/.test(line)).length, 2);
  });

  test('with a bad name shows the reason, and the user can choose another name', async (t) => {
    const { web } = await startRoom(t);
    const ann = await visit(browser, web.address, '\u202eAnn');
    await ann.sees('refusal', 'name must not contain control characters');
    await ann.page.getByLabel('Your name').fill('Ann');
    await ann.page.getByRole('button', { name: 'Enter' }).click();
    await ann.sees('state', 'connected');
  });

  test('can run only its own code, and reach only its own server', async (t) => {
    const { web } = await startRoom(t);
    const { page } = await visit(browser, web.address, 'Ann');
    const [message] = await Promise.all([
      page.waitForEvent('console'),
      page.evaluate(`{
        const script = document.createElement('script');
        script.textContent = 'foreign = true';
        document.head.append(script);
      }`),
    ]);
    assert.match(message.text(), /Content Security Policy/);
    assert.equal(await page.evaluate("'foreign' in window"), false);
  });

  test('of a foreign origin cannot open a socket', async (t) => {
    const { web } = await startRoom(t);
    const page = await browser.newPage();
    await page.goto('data:text/html,foreign');
    const code = await page.evaluate(
      (url) =>
        new Promise((resolve) => {
          new WebSocket(url).onclose = (event) => resolve(event.code);
        }),
      `ws://${web.address}/ws`,
    );
    assert.equal(code, 1006);
  });
});
