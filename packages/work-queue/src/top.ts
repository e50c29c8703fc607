// A live table of the queue. Start `pnpm work-queue:server` first; Ctrl-C ends it.
import { setTimeout as delay } from 'node:timers/promises';
import { parseDuration, runClient } from 'cli';
import { WorkQueue } from 'proto';
import { newCanvas } from './canvas.ts';
import { newRates, summary, table } from './table.ts';

await runClient(
  {
    name: 'work-queue',
    program: 'top',
    description: 'Shows how many jobs are in the queue, and what its workers do.',
    port: 8088,
    client: WorkQueue,
    setup: (command) =>
      command
        .option('--interval <duration>', 'how often to look', parseDuration, 1000)
        .option('--once', 'look once, and end'),
  },
  async (client, { options: { interval, once }, call: { signal, timeout } }) => {
    const canvas = newCanvas(process.stdout);
    const ratesOf = newRates();
    for (;;) {
      const stats = await client.stats({}, { signal, timeout });
      const rates = ratesOf(stats);
      canvas.draw(once || canvas.live ? table(stats, rates) : [summary(stats, rates)]);
      if (once) return;
      await delay(interval, undefined, signal ? { signal } : {});
    }
  },
);
