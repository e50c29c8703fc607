// The page in a real browser.
import { execFileSync } from 'node:child_process';
import { startProgram, startServer } from 'cli/testing';
import { type Browser, chromium, type Page } from 'playwright-core';

const chatServer = new URL('../../chat/src/server.ts', import.meta.url);
const chatClient = new URL('../../chat/src/client.ts', import.meta.url);
const webServer = new URL('../src/server.ts', import.meta.url);

function whereChromium(): string | undefined {
  try {
    return execFileSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

/** Why these tests can't run here; undefined if they can. In CI they have to. */
export function whyNoChromium(): string | undefined {
  if (process.env.CI || whereChromium()) return undefined;
  return 'needs chromium';
}

type Test = Parameters<typeof startProgram>[0];

/** Starts a browser without a window. */
export function startBrowser(): Promise<Browser> {
  const executablePath = whereChromium();
  if (executablePath === undefined) throw new Error('no chromium in PATH');
  // The browser's sandbox needs rights that containers seldom give. The tests open only our own page.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A chat server, on this port or on a free one. */
export const startChatServer = (t: Test, port = '0', ...options: string[]) =>
  startServer(t, chatServer, '--port', port, ...options);

/** The server of this package, for that chat server. */
export const startWebServer = (t: Test, chatAddress: string, port = '0') =>
  startServer(t, webServer, '--port', port, '--chat', chatAddress);

/** A person at a terminal. */
export function startTerminal(t: Test, chatAddress: string, name: string) {
  const program = startProgram(t, chatClient, '--address', chatAddress, '--name', name);
  return { ...program, say: (text: string) => void program.child.stdin.write(`${text}\n`) };
}

/** A person at a page, in the room. */
export interface Visitor {
  readonly page: Page;
  say(text: string): Promise<void>;
  /** Waits until the page shows this text. */
  sees(where: 'messages' | 'members' | 'state' | 'refusal', text: string | RegExp): Promise<void>;
  /** All messages, each line as the page shows it. */
  lines(): Promise<string[]>;
  /** Notes from now on what the page says of its connection, however briefly. `waitFor` ends when that was noted. */
  noteStates(): Promise<{ waitFor(text: string): Promise<unknown> }>;
}

export async function visit(browser: Browser, address: string, name: string): Promise<Visitor> {
  const context = await browser.newContext({ viewport: { width: 860, height: 540 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await page.goto(`http://${address}/`);
  await page.getByLabel('Your name').fill(name);
  await page.getByRole('button', { name: 'Enter' }).click();
  return {
    page,
    async say(text) {
      await page.getByLabel('Your message').fill(text);
      await page.getByRole('button', { name: 'Send' }).click();
    },
    async sees(where, text) {
      await page.locator(`#${where}`, { hasText: text }).first().waitFor();
      if (faults.length > 0) throw new Error(faults.join());
    },
    lines: () => page.locator('#messages li').allInnerTexts(),
    async noteStates() {
      // Text, since this file is not compiled for a browser.
      await page.evaluate(`globalThis.states = [];
        new MutationObserver(() => states.push(document.getElementById('state').textContent))
          .observe(document.getElementById('state'), { childList: true, characterData: true, subtree: true });`);
      return {
        waitFor: (text) => page.waitForFunction(`states.some((state) => state.includes('${text}'))`),
      };
    },
  };
}
