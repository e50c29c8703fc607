// Both sides of the queue in one program: it adds ten jobs, works on them, and shows what became of the one that fails.
// Start `pnpm work-queue:server` first. For real use there are `work-queue:add` and `work-queue:worker`.
import { runClient } from 'cli';
import { WorkQueue } from 'proto';
import { tour } from './tour.ts';

await runClient(
  {
    name: 'work-queue',
    description: 'Adds ten jobs, works on them, and shows what happened to them.',
    port: 8088,
    client: WorkQueue,
  },
  (client, { call }) => tour(client, call, console.log),
);
