// Client streaming: adds up the numbers that a client sends.
// Start it with `pnpm client-stream:server`. Then type `pnpm client-stream:client 1 2 3` in another terminal.
import { runServer } from 'cli';
import { sumService } from './service.ts';

await runServer({
  name: 'client-stream',
  serving: 'Sum',
  port: 8081,
  services: () => [sumService(console.log)],
});
