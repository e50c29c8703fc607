// `pnpm websocket:screenshots`: takes the pictures of the page for the chapter, light and dark.
import { fileURLToPath } from 'node:url';
import { startBrowser, startChatServer, startTerminal, startWebServer, visit } from './browser.ts';

const folder = fileURLToPath(new URL('../screenshots/', import.meta.url));
const cleanUps: (() => void)[] = [];
const processes = { after: (cleanUp: () => void) => void cleanUps.push(cleanUp) };

const browser = await startBrowser();
try {
  const chat = await startChatServer(processes);
  const web = await startWebServer(processes, chat.address);
  const ann = await visit(browser, web.address, 'Ann');
  await ann.sees('state', 'connected');
  const bob = await visit(browser, web.address, 'Bob');
  await bob.sees('state', 'connected');
  const cara = startTerminal(processes, chat.address, 'Cara');
  await cara.line(/joined/);

  await bob.say('Is anyone here from a terminal?');
  await ann.sees('messages', 'anyone here');
  cara.say('I am: pnpm chat:client --name Cara');
  await ann.sees('messages', 'I am');
  await ann.say('And I am in a browser. Same room, same call.');
  await bob.sees('messages', 'same call');
  await bob.say('With <b>text</b> that stays text, and 😀');
  await ann.sees('messages', 'stays text');
  cara.say('What happens when the server restarts?');
  await ann.sees('messages', 'restarts');
  await ann.say('The page says so, comes back, and sends what was not taken.');
  await ann.sees('members', 'Cara');
  await ann.page.locator('.own.waiting').first().waitFor({ state: 'detached' });

  for (const colorScheme of ['light', 'dark'] as const) {
    await ann.page.emulateMedia({ colorScheme });
    await ann.page.screenshot({ path: `${folder}${colorScheme}.png` });
  }
} finally {
  await browser.close();
  for (const cleanUp of cleanUps) cleanUp();
}
