// What stands between client and server in the bench: `between.ts relay|tap ADDRESS`. Both are processes of their own.
import type { AddressInfo } from 'node:net';
import { startPage } from '../page/server.ts';
import { relay } from '../src/relay.ts';
import { connectTo, createListener, startTap } from '../src/tap.ts';
import { answerFigures } from './figures.ts';

const [kind, to = ''] = process.argv.slice(2);

if (kind === 'tap') {
  // As `pnpm wire --to`: what passes is kept for the page.
  const page = await startPage({ play: false });
  const tap = await startTap({ to }, page.onEvent);
  console.log(`Serving a tap on ${tap.address}`);
} else {
  const listener = createListener((near) => relay(near, connectTo({ to }), { onChunk() {}, onClose() {} }));
  listener.listen(0, '127.0.0.1', () => {
    console.log(`Serving a relay on 127.0.0.1:${(listener.address() as AddressInfo).port}`);
  });
}

answerFigures();
