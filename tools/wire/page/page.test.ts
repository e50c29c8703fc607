// The page in a real browser, with events that need no call.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { WireEvent } from '../src/events.ts';
import { startPage } from './server.ts';
import { DESKTOP, PHONE, startBrowser, visit, whyNoChromium } from './test/browser.ts';
import { callEvents, manyFrames } from './test/events.ts';

const EVIL = '<img src=x onerror="alert(1)">';

/** How long the browser takes for each picture while it scrolls through all frames, in milliseconds; the median. */
const SCROLL = `new Promise((resolve) => {
  const scroller = document.getElementById('scroller');
  const times = [];
  let last = performance.now();
  const turn = (now) => {
    times.push(now - last);
    last = now;
    if (times.length > 60) return resolve(times.sort((a, b) => a - b)[30]);
    scroller.scrollTop = (scroller.scrollHeight * times.length) / 60;
    requestAnimationFrame(turn);
  };
  requestAnimationFrame(turn);
})`;

describe('the page, in Chromium', { skip: whyNoChromium() }, () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser?.close());

  interface Cleaned {
    after(cleanUp: () => unknown): void;
  }

  async function show(
    t: Cleaned,
    events: Iterable<WireEvent>,
    viewport = DESKTOP,
    scheme?: 'light' | 'dark',
  ) {
    const page = await startPage({ play: false });
    t.after(page.close);
    for (const event of events) page.onEvent(event);
    const visitor = await visit(browser, page.url, viewport, scheme);
    t.after(() => visitor.page.context().close());
    return { ...visitor, onEvent: page.onEvent };
  }

  test('says what to do while nothing has passed, then shows what passes', async (t) => {
    const { page, errors, sees, onEvent } = await show(t, []);
    await page.getByText('Make a call to the address that pnpm wire has printed').waitFor();
    assert.equal(await page.locator('#play').isVisible(), false);
    const call = callEvents();
    call.request('/shop.Orders/List');
    for (const event of call.events) onEvent(event);
    await sees('HEADERS /shop.Orders/List');
    assert.equal(await page.locator('#empty').isVisible(), false);
    assert.deepEqual(errors, []);
  });

  test('shows names and messages of the wire as text, never as markup', async (t) => {
    const call = callEvents();
    call.request(`/${EVIL}`, [['x-note', EVIL]]);
    call.data('client', EVIL);
    call.frame('server', 'HEADERS', {
      flags: ['END_STREAM'],
      headers: [
        ['grpc-status', '5'],
        ['grpc-message', EVIL],
      ],
    });
    call.events.push({ type: 'foreign', at: 9, connection: 1, side: 'server', reason: EVIL, bytes: '00' });
    const { page, errors, sees, lines } = await show(t, call.events);
    await sees(`message 1: ${EVIL}`);
    for (const line of await page.locator('#list button').all()) {
      await line.click();
      assert.equal(await page.locator('body img').count(), 0);
    }
    await page.locator('#list button', { hasText: 'HEADERS /' }).click();
    assert.match(
      (await page.locator('#detail').textContent()) ?? '',
      /x-note<img src=x onerror="alert\(1\)">/,
    );
    assert.equal((await lines()).filter((line) => line.includes(EVIL)).length, 3);
    assert.deepEqual(errors, []);
  });

  test('a row of the picture, a line of the list and the keys select the same frame', async (t) => {
    const call = callEvents();
    call.request('/shop.Orders/List');
    call.data('client', 'id: 7');
    call.data('server', 'name: "first"');
    const { page, errors, sees } = await show(t, call.events);
    await sees('first');
    const scroller = page.locator('#scroller');
    // The head of the picture and four rows, each of 26 pixels.
    await scroller.click({ position: { x: 300, y: 26 * 3 + 13 } });
    await page.locator('#detail', { hasText: 'id: 7' }).waitFor();
    assert.match((await page.locator('[aria-current]').textContent()) ?? '', /id: 7/);
    await scroller.press('ArrowDown');
    await page.locator('#detail', { hasText: 'name: "first"' }).waitFor();
    assert.match(
      (await scroller.getAttribute('aria-valuetext')) ?? '',
      /server DATA 9 bytes · message 1: name: "first"/,
    );
    await scroller.press('Home');
    await page.locator('#detail', { hasText: 'the client connects' }).waitFor();
    await page.locator('#list button', { hasText: 'HEADERS' }).click();
    assert.equal(await scroller.getAttribute('aria-valuenow'), '2');
    assert.deepEqual(errors, []);
  });

  test('pauses while more comes, steps, goes on, and plays again', async (t) => {
    const call = callEvents();
    call.request('/shop.Orders/List');
    const { page, errors, sees, lines, onEvent } = await show(t, call.events);
    await sees('HEADERS');
    await page.getByRole('button', { name: 'Pause' }).click();
    const before = call.events.length;
    call.data('client', 'id: 1');
    call.wait(300);
    call.data('client', 'id: 2');
    for (const event of call.events.slice(before)) onEvent(event);
    await page.getByRole('button', { name: 'Continue (2 more)' }).waitFor();
    await page.getByRole('button', { name: 'One step forward' }).click();
    await sees('id: 1');
    assert.equal((await lines()).length, 3);
    await page.getByRole('button', { name: /^Continue/ }).click();
    await sees('id: 2');
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.locator('#list li', { hasText: 'id: 2' }).waitFor({ state: 'detached' });
    await sees('id: 2');
    assert.deepEqual(errors, []);
  });

  test('shows one stream of several, and the frames of the connection only if asked to', async (t) => {
    const call = callEvents();
    call.frame('client', 'SETTINGS', { stream: 0, settings: { INITIAL_WINDOW_SIZE: 65_535 } });
    call.request('/shop.Orders/List');
    call.frame('client', 'HEADERS', { stream: 3, headers: [[':path', '/shop.Orders/Watch']] });
    const { page, sees, lines } = await show(t, call.events);
    await sees('Watch');
    assert.equal((await lines()).length, 3);
    await page.locator('#stream').selectOption({ label: '3 · Watch' });
    await page.locator('#list li', { hasText: 'List' }).waitFor({ state: 'detached' });
    assert.equal((await lines()).length, 2);
    await page.getByLabel('frames of the connection itself').check();
    await sees('each stream starts with a window of 65,535');
  });

  test('explains a PING without an answer, a reset by the server, and a connection that ends too early', async (t) => {
    const call = callEvents();
    call.request('/shop.Orders/List');
    call.frame('client', 'PING', { stream: 0, ping: '01' });
    call.wait(1000);
    call.events.push({ type: 'closed', at: 2000, connection: 1, by: 'client', how: 'reset' });
    const reset = callEvents(2);
    reset.request('/shop.Orders/List');
    reset.frame('server', 'RST_STREAM', { code: 'REFUSED_STREAM' });
    const { page, sees } = await show(t, [...call.events, ...reset.events]);
    await sees('The server ends the call with a reset');
    await page.locator('#connection').selectOption('1');
    await sees('This PING is never answered');
    await sees('The connection ends with 1 open call');
  });

  test('a hundred thousand frames scroll as smoothly as a thousand', async (t) => {
    const few = await show(t, manyFrames(1000));
    await few.sees('number: 998');
    const many = await show(t, manyFrames(100_000));
    await many.sees('number: 99998');
    const [fast, slow] = [await few.page.evaluate(SCROLL), await many.page.evaluate(SCROLL)] as number[];
    // 60 pictures a second take 16.7 ms each; a busy machine needs more for either.
    assert.ok((slow ?? 0) < 3 * Math.max(fast ?? 0, 17), `${slow} ms for a picture instead of ${fast} ms`);
    await many.page.locator('#scroller').press('End');
    await many.page.locator('#scroller').press('ArrowUp');
    await many.page.locator('#detail', { hasText: 'number: 99998' }).waitFor();
    assert.equal(await many.page.locator('#list li').count(), 50);
    assert.deepEqual(many.errors, []);
  });

  for (const scheme of ['light', 'dark'] as const) {
    test(`fits on a phone, ${scheme}`, async (t) => {
      const call = callEvents();
      call.request('/shop.Orders/List');
      call.data('client', `id: ${'7'.repeat(500)}`);
      const { page, errors, sees } = await show(t, call.events, PHONE, scheme);
      await sees('HEADERS');
      assert.equal(await page.evaluate('document.documentElement.scrollWidth'), PHONE.width);
      const before = await page.evaluate('window.scrollY');
      await page.locator('#scroller').click({ position: { x: 150, y: 26 * 3 + 13 } });
      await page.locator('#detail', { hasText: '7777' }).waitFor();
      assert.equal(await page.evaluate('window.scrollY'), before, 'the picture stays where it is');
      assert.deepEqual(errors, []);
    });
  }
});
