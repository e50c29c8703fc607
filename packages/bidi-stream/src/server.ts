// Bidirectional streaming: answers each number with its square root, while more numbers arrive.
// It also serves prices, which `pnpm bidi-stream:follow` shows.
// Start it with `pnpm bidi-stream:server`. Then type `pnpm bidi-stream:client 4 9` in another terminal.
import { runServer } from 'cli';
import { Market } from './market.ts';
import { pricesService } from './prices-service.ts';
import { sqrtService } from './service.ts';

await runServer({
  name: 'bidi-stream',
  serving: 'Sqrt',
  port: 8083,
  services: () => [sqrtService(console.log), pricesService(new Market(1000))],
});
