// Both sides of the queue in one program: it adds ten jobs, works on them, and shows what became of the one that fails.
// Start `pnpm work-queue:server` first. For real use there are `work-queue:add` and `work-queue:worker`.
import { runClient } from 'cli';
import { QueueClient } from './queue-client.ts';
import { tour } from './tour.ts';

await runClient(
  {
    name: 'work-queue',
    description: 'Adds ten jobs, works on them, and shows what became of them.',
    port: 8088,
    client: QueueClient,
  },
  (client, { call }) => tour(client, call, console.log),
);
