// The site as a reader has it: built, served, and opened in a real browser.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';
import { plainEnvironment } from '../tools/cli/src/environment.ts';
import { pages, parts, placeOf, root } from './.vitepress/pages.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const dist = `${folder}.vitepress/dist`;
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1400, height: 900 };

function whereChromium(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

// In CI it has to be there.
const skip = process.env.CI || whereChromium() ? false : 'needs chromium';

function serveFiles(): Server {
  return createServer(async ({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://site');
    const path = decodeURIComponent(pathname).replace(/\/$/, '/index.html');
    const content = await readFile(dist + path).catch(() => undefined);
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    response.writeHead(content ? 200 : 404, { 'content-type': type }).end(content);
  });
}

const urlOf = (path: string) =>
  `/${placeOf(path)
    .replace(/\.md$/, '.html')
    .replace(/index\.html$/, '')}`;

describe('the site, in Chromium', { skip, timeout: 400_000 }, () => {
  let browser: Browser;
  let server: Server;
  let origin = '';

  before(async () => {
    const vitepress = fileURLToPath(import.meta.resolve('vitepress')).replace(
      /dist\/.*$/,
      'bin/vitepress.js',
    );
    await promisify(execFile)(process.execPath, [vitepress, 'build', folder], { env: plainEnvironment() });
    server = serveFiles().listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const executablePath = whereChromium();
    if (executablePath === undefined) throw new Error('no chromium in PATH');
    // Its sandbox needs rights that containers seldom give. What is opened here is our own site.
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
  });
  after(async () => {
    await browser?.close();
    server?.close();
  });

  /** A page of its own, and what goes wrong in it. */
  async function open(viewport = DESKTOP, colorScheme: 'light' | 'dark' = 'light') {
    const context = await browser.newContext({ viewport, colorScheme });
    context.setDefaultTimeout(20_000);
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
    const visit = async (path: string) => {
      const response = await page.goto(origin + path);
      assert.equal(response?.status(), 200, path);
      await page.waitForFunction(`document.querySelector('#app').__vue_app__`);
    };
    return { page, errors, visit, close: () => context.close() };
  }

  const widthOf = (page: Page) => page.evaluate('document.documentElement.scrollWidth');

  /** The first words of each block of code that is wider than its place. */
  const cutOff = (page: Page) =>
    page
      .locator('.vp-doc div[class*=language-] pre')
      .evaluateAll((blocks) =>
        blocks.flatMap((block) =>
          block.scrollWidth > block.clientWidth ? [block.textContent?.trim().slice(0, 40)] : [],
        ),
      );

  /** Resolves when as many diagrams are drawn as the Markdown has; Playwright throws if that does not happen. */
  async function diagramsDrawn(page: Page, path: string): Promise<number> {
    const count = (await readFile(`${root}/${path}`, 'utf8')).match(/^```mermaid$/gm)?.length ?? 0;
    if (count > 0)
      await page
        .locator('.diagram svg')
        .nth(count - 1)
        .waitFor();
    assert.equal(await page.locator('.diagram svg').count(), count, path);
    assert.equal(await page.locator('.diagram svg [class*=error]').count(), 0, path);
    return count;
  }

  for (const [device, viewport, scheme] of [
    ['desktop', DESKTOP, 'light'],
    ['phone', PHONE, 'dark'],
  ] as const) {
    test(`every page loads on a ${device}, ${scheme}: no errors, diagrams drawn, nothing to scroll sideways`, async () => {
      const { page, errors, visit, close } = await open(viewport, scheme);
      let diagrams = 0;
      for (const path of pages()) {
        await visit(urlOf(path));
        diagrams += await diagramsDrawn(page, path);
        assert.equal(await widthOf(page), viewport.width, `${path} is wider than the screen`);
        assert.deepEqual(await cutOff(page), [], `${path} has code that is cut off`);
        assert.equal(await page.locator('html.dark').count(), scheme === 'dark' ? 1 : 0);
      }
      assert.deepEqual(errors, []);
      assert.ok(diagrams > 5);
      await close();
    });
  }

  test('a diagram changes its colours with the theme', async () => {
    const { page, visit, close } = await open();
    await visit('/chat-proxy/');
    await page.locator('.diagram .actor').first().waitFor();
    const colour = `getComputedStyle(document.querySelector('.diagram rect.actor')).fill`;
    const light = await page.evaluate(colour);
    await page.locator('.VPSwitchAppearance').first().click();
    await page.locator('html.dark').waitFor();
    await page.waitForFunction(`document.querySelector('.diagram rect.actor') && ${colour} !== '${light}'`);
    await close();
  });

  test('the search finds "half-close" in the chapters, and the glossary by its name', async () => {
    const { page, errors, visit, close } = await open();
    await visit('/');
    await page.locator('.DocSearch-Button').first().click();
    const results = page.locator('.results .result');
    for (const [word, place] of [
      ['glossary', '/glossary'],
      ['half-close', '/client-stream/'],
    ] as const) {
      await page.locator('.search-input').fill(word);
      await page.locator(`.results .result[href^="${place}"]`).first().waitFor();
      const links = await results.evaluateAll((found) =>
        found.map((result) => result.getAttribute('href') ?? ''),
      );
      assert.ok(!links.some((link) => link.startsWith('/source/')), links.join('\n'));
    }
    await results.first().click();
    await page.waitForURL(/#/);
    assert.deepEqual(errors, []);
    await close();
  });

  test('the navigation leads through the chapters in the order of the front door', async () => {
    const { page, visit, close } = await open();
    await visit('/');
    for (const { path } of parts().flatMap(({ chapters }) => chapters)) {
      // The address changes before the page does, so the link of the page before may still be there.
      await page.locator(`.pager-link.next[href="${urlOf(path)}"]`).click();
      await page.waitForURL(origin + urlOf(path));
    }
    await close();
  });

  test('copying a block of commands copies the commands, without prompt and output', async () => {
    const { page, visit, close } = await open();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    await visit('/server-stream/');
    const block = page.locator('.console', { hasText: 'Recv data:' }).first();
    await block.hover();
    await block.locator('button.copy').click();
    await block.locator('button.copied').waitFor();
    assert.equal(await page.evaluate('navigator.clipboard.readText()'), 'pnpm server-stream:client 3');
    await close();
  });

  test('llms.txt names every chapter, and its links lead to Markdown', async () => {
    const index = await (await fetch(`${origin}/llms.txt`)).text();
    const links = [...index.matchAll(/\]\((\/[^)]+)\)/g)].map(([, link = '']) => link);
    for (const { path } of parts().flatMap(({ chapters }) => chapters))
      assert.ok(links.includes(`/${placeOf(path)}`));
    for (const link of links) {
      const page = await fetch(origin + link);
      assert.equal(page.status, 200, link);
      assert.match(await page.text(), /^# /m);
    }
  });

  test('a link to a source file leads to a page that shows it', async () => {
    const { page, errors, visit, close } = await open();
    await visit('/server-stream/');
    await page.getByRole('link', { name: 'print the powers of 2' }).first().click();
    await page.getByRole('heading', { name: 'packages/server-stream/src/pow.test.ts' }).waitFor();
    await page.getByText("describe('powers'").waitFor();
    assert.deepEqual(errors, []);
    await close();
  });
});
