// `pnpm wire:screenshots`: takes the pictures of the page for the chapter.
import { fileURLToPath } from 'node:url';
import { startPage } from '../server.ts';
import { PHONE, startBrowser, visit } from './browser.ts';

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));
const WIDE = { width: 1280, height: 760 };
/** Without the list of frames, which says the same as the picture. */
const CLIP = { x: 0, y: 0, width: 960, height: WIDE.height };

const browser = await startBrowser();

/** Presses a button, waits until the page shows the text, and takes a picture. */
async function take(name: string, button: string, text: RegExp, scheme: 'light' | 'dark', viewport = WIDE) {
  const page = await startPage({ play: true });
  try {
    const { page: shown, sees } = await visit(browser, page.url, viewport, scheme);
    await shown.getByRole('button', { name: button }).click();
    await sees(text);
    await shown.screenshot({ path: `${folder}${name}.png`, ...(viewport === WIDE ? { clip: CLIP } : {}) });
    await shown.context().close();
  } finally {
    await page.close();
  }
}

try {
  for (const scheme of ['light', 'dark'] as const) {
    await take(`slow-reader-${scheme}`, 'A slow reader', /read messages 1\d/, scheme);
    await take(`false-end-${scheme}`, 'A cancelled upload', /closes the connection/, scheme);
  }
  await take('phone', 'A cancelled upload', /closes the connection/, 'dark', PHONE);
} finally {
  await browser.close();
}
