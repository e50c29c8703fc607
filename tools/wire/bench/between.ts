// What stands between client and server in the bench: `between.ts relay|tap ADDRESS`. Both are processes of their own.
import { type AddressInfo, createServer } from 'node:net';
import { relay } from '../src/relay.ts';
import { connectTo, startTap, WAITING } from '../src/tap.ts';

const [kind, to = ''] = process.argv.slice(2);
let events = 0;

if (kind === 'tap') {
  const tap = await startTap({ to }, () => events++);
  console.log(`Serving a tap on ${tap.address}`);
} else {
  const listener = createServer({ allowHalfOpen: true, noDelay: true, highWaterMark: WAITING }, (near) => {
    relay(near, connectTo({ to }), { onChunk() {}, onClose() {} });
  });
  listener.listen(0, '127.0.0.1', () => {
    console.log(`Serving a relay on 127.0.0.1:${(listener.address() as AddressInfo).port}`);
  });
}

// The bench asks for its memory and processor time.
process.on('message', () => {
  process.send?.({ events, rss: process.memoryUsage().rss, cpu: process.cpuUsage() });
});
