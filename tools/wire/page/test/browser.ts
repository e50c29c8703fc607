// The page in a real browser.
import { execFileSync } from 'node:child_process';
import { type Browser, chromium, type Page } from 'playwright-core';

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

/** Starts a browser without a window. */
export function startBrowser(): Promise<Browser> {
  const executablePath = whereChromium();
  if (executablePath === undefined) throw new Error('no chromium in PATH');
  // Its sandbox needs rights that containers seldom give. What is opened here is our own page.
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
}

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

export interface Visit {
  readonly page: Page;
  /** What went wrong in the page, as it goes wrong. */
  readonly errors: string[];
  /** Waits until the list of frames has such a line. */
  sees(text: string | RegExp): Promise<void>;
  /** The lines of the list, without their times. */
  lines(): Promise<string[]>;
}

/** Opens the page, and gathers what goes wrong in it. */
export async function visit(
  browser: Browser,
  url: string,
  viewport = DESKTOP,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Visit> {
  const context = await browser.newContext({ viewport, colorScheme });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url);
  return {
    page,
    errors,
    sees: (text) => page.locator('#list li', { hasText: text }).first().waitFor(),
    async lines() {
      const lines = await page.locator('#list li').allInnerTexts();
      return lines.map((line) => line.replace(/^[\d.-]+ /, ''));
    },
  };
}
