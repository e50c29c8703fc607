// Lists the dead letters, puts them back into the queue, or removes them. Start `pnpm work-queue:server` first.
import { printable, runClient, UsageError } from 'cli';
import { WorkQueue } from 'proto';

await runClient(
  {
    name: 'work-queue',
    program: 'dead',
    description: 'Lists the jobs that failed too often. With --retry and --discard it takes their ids.',
    port: 8088,
    client: WorkQueue,
    setup: (command) =>
      command
        .argument('[ids...]', 'the ids of the jobs to retry or discard')
        .option('--all', 'all of them')
        .option('--retry', 'put them back into the queue')
        .option('--discard', 'remove them for good'),
  },
  async (client, { args: [ids = []], options: { all, retry, discard }, call }) => {
    if (!retry && !discard) {
      for await (const { id, attempts, reason, payload } of client.deadLetters({}, call)) {
        const text = printable(payload.toString()).slice(0, 100);
        const times = attempts === 1 ? 'once' : `${attempts} times`;
        console.log(`${printable(id)}: ${text} (failed ${times}: ${printable(reason)})`);
      }
      return;
    }
    if (retry && discard) throw new UsageError('--retry and --discard do not go together');
    if (!all && ids.length === 0) throw new UsageError('say which dead letters: their ids, or --all');
    const chosen = { ids, all: Boolean(all) };
    const { count } = retry ? await client.retry(chosen, call) : await client.discard(chosen, call);
    console.log(`${count} ${retry ? 'back in the queue' : 'removed'}`);
  },
);
