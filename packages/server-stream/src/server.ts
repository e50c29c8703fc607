// Server streaming: answers one number with a stream of its powers.
// Start it with `pnpm server-stream:server`. Then type `pnpm server-stream:client 3` in another terminal.
import { parseDuration, runServer } from 'cli';
import { powService } from './service.ts';

await runServer({
  name: 'server-stream',
  serving: 'Pow',
  port: 8082,
  setup: (command) =>
    command.option('--interval <duration>', 'wait between messages, such as 500ms or 1s', parseDuration, 0),
  services: ({ interval }) => [powService(interval, console.log)],
});
