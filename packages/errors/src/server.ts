// Errors: greets in all four kinds of call, and refuses some names.
// Start it with `pnpm errors:server`. Then type `pnpm errors:client` in another terminal.
import { runServer } from 'cli';
import { greetingService } from './service.ts';

await runServer({
  name: 'errors',
  serving: 'Greetering',
  port: 8084,
  services: () => [greetingService((error, path) => console.log(`${path} failed: ${error}`))],
});
