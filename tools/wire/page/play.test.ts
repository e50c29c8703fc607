// Calls that the page plays: real processes, a real tap, and a real browser that shows them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import type { WireEvent } from '../src/events.ts';
import { type RunningPage, startPage } from './server.ts';
import { startBrowser, type Visit, visit, whyNoChromium } from './test/browser.ts';

interface Choice {
  pattern?: string;
  ending?: string;
  client?: string;
  server?: string;
}

/** What has to be seen when a call of that pattern ends so, on the wire or by the code. */
const ENDINGS: [Choice, (string | RegExp)[]][] = [
  [
    { pattern: 'download', ending: 'complete' },
    ['trailers: status OK, END_STREAM', 'its loop ended normally after 10 responses'],
  ],
  [
    { pattern: 'download', ending: 'leave' },
    ['client RST_STREAM', 'The client cancels', 'leaves its loop after 5 responses'],
  ],
  [
    { pattern: 'exchange', ending: 'deadline' },
    ['The deadline has passed', 'client’s code gets DEADLINE_EXCEEDED'],
  ],
  [
    { pattern: 'unary', ending: 'throw' },
    ['The server ends the call with NOT_FOUND', 'client’s code gets NOT_FOUND'],
  ],
  [{ pattern: 'upload', ending: 'early' }, ['An early answer', 'The client stops sending']],
  [
    { pattern: 'upload', ending: 'kill-client' },
    ['The connection ends with 1 open call', 'server’s code the handler throws'],
  ],
  [
    { pattern: 'download', ending: 'kill-server' },
    ['the server closes the connection', 'client’s code gets UNAVAILABLE'],
  ],
  [
    { pattern: 'download', ending: 'shutdown' },
    ['The server accepts no new calls', 'The server ends the call with UNAVAILABLE'],
  ],
];

async function start({ page }: Visit, { client = 'ours', server = 'ours', ...choice }: Choice) {
  for (const [name, value] of Object.entries({ ...choice, client, server }))
    await page.locator(`#order [name=${name}]`).selectOption(value);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.locator('#stop:enabled').waitFor();
}

/** Waits until the call is over. */
const over = ({ page }: Visit) => page.locator('#stop:disabled').waitFor();

describe('the page that plays calls, in Chromium', { skip: whyNoChromium() }, () => {
  let browser: Browser;
  let running: RunningPage;
  let visitor: Visit;
  // It takes keepalive some seconds to notice a silent line. So that call is played beside the others.
  let beside: RunningPage;
  let silent: Visit;
  const recorded: WireEvent[] = [];

  before(async () => {
    running = await startPage({ play: true, onEvent: (event) => recorded.push(event) });
    browser = await startBrowser();
    visitor = await visit(browser, running.url);
    beside = await startPage({ play: true });
    silent = await visit(browser, beside.url);
    await start(silent, { pattern: 'download', ending: 'silent' });
  });
  after(async () => {
    await browser?.close();
    await running?.close();
    await beside?.close();
  });

  for (const [choice, seen] of ENDINGS)
    test(`${choice.pattern} with the ending "${choice.ending}" shows ${seen.join(' and ')}`, async () => {
      await start(visitor, choice);
      await over(visitor);
      for (const text of seen) await visitor.sees(text);
      assert.deepEqual(visitor.errors, []);
    });

  test('the upload that bare grpc-js cancels: a false END_STREAM, and a server that believes it', async () => {
    await visitor.page.getByRole('button', { name: 'A cancelled upload looks complete' }).click();
    await visitor.sees('cancels the call');
    await over(visitor);
    const lines = await visitor.lines();
    const places = [
      'client’s code cancels the call',
      'client DATA 0 bytes, END_STREAM',
      'server’s code its loop ended normally: 4 messages, complete',
      'client RST_STREAM CANCEL – A false END_STREAM: the cancelled call looks complete',
    ].map((line) => lines.indexOf(line));
    assert.ok(!places.includes(-1), lines.join('\n'));
    const [gaveUp = 0, end = 0, , reset = 0] = places;
    assert.ok(gaveUp < end && end < reset, lines.join('\n'));
    assert.deepEqual(visitor.errors, []);
  });

  test('the upload that grpc-iterables cancels: no END_STREAM, and a server that knows', async () => {
    await visitor.page.getByRole('button', { name: 'The same cancel with grpc-iterables' }).click();
    await visitor.sees('The server can see that the call is cancelled');
    await over(visitor);
    const lines = (await visitor.lines()).join('\n');
    assert.doesNotMatch(lines, /END_STREAM|messages, complete/);
    assert.match(lines, /server’s code the handler throws CANCELLED/);
    assert.deepEqual(visitor.errors, []);
  });

  test('a nice-grpc client and server are played, too', async () => {
    await start(visitor, {
      pattern: 'download',
      ending: 'complete',
      client: 'nice-grpc',
      server: 'nice-grpc',
    });
    await visitor.sees('its loop ended normally after 10 responses');
    await over(visitor);
    assert.deepEqual(visitor.errors, []);
  });

  test('a reader that stops empties the window, and the writer waits until the reader continues', async () => {
    const { page } = visitor;
    await page.locator('[name=writer]').selectOption('fast');
    // The slider's first place is a reader that has stopped.
    await page.locator('#speed').fill('0');
    await start(visitor, { pattern: 'download', ending: 'complete' });
    await visitor.sees('The window of the stream is empty: the server must wait');
    await visitor.sees('server’s code has to wait: its yield does not return');
    await page.locator('#gauge-server-stream[data-empty=true]').waitFor();
    for (const side of ['client', 'server'])
      await page.locator(`#gauge-${side}-queued`, { hasText: /[1-9]\d+,\d{3} bytes/ }).waitFor();
    await page.locator('#speed').fill('10');
    await over(visitor);
    await visitor.sees('its loop ended normally after 400 responses');
    const frames = recorded.filter((event) => event.type === 'seen').map(({ text }) => text);
    assert.ok(frames.some((text) => /^can send again after \d+ ms$/.test(text)));
    assert.deepEqual(visitor.errors, []);
  });

  test('a call can be stopped, and a new call stops the one before', async () => {
    const { page } = visitor;
    const stop = page.getByRole('button', { name: 'Stop', exact: true });
    await page.locator('#speed').fill('0');
    await start(visitor, { pattern: 'download', ending: 'complete' });
    await visitor.sees('has to wait');
    await stop.click();
    await over(visitor);
    await start(visitor, { pattern: 'download', ending: 'complete' });
    await visitor.sees('has to wait');
    await page.getByRole('button', { name: 'The same cancel with grpc-iterables' }).click();
    await visitor.sees('The server can see that the call is cancelled');
    await over(visitor);
    assert.deepEqual(visitor.errors, []);
  });

  test('a silent line shows a PING without an answer, and a client that gets UNAVAILABLE', async () => {
    await over(silent);
    for (const text of ['This PING is never answered', 'client’s code gets UNAVAILABLE'])
      await silent.sees(text);
    assert.deepEqual(silent.errors, []);
  });
});
