// The queue. Type `pnpm work-queue:server` here, `pnpm work-queue:worker` and `pnpm work-queue:add "a job"` in other terminals.
import { parseDuration, runServer, UsageError } from 'cli';
import { memoryQueue } from './memory-queue.ts';
import { natsQueue } from './nats-queue.ts';
import type { Queue, QueueOptions } from './queue.ts';
import { LONGEST_LEASE, SHORTEST_LEASE, shuttingDown } from './refusals.ts';
import { workQueueService } from './service.ts';

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a whole number from 1`);
}

function parseLease(text: string): number {
  const lease = parseDuration(text);
  if (lease >= SHORTEST_LEASE && lease <= LONGEST_LEASE) return lease;
  throw new UsageError(`"${text}" is not from ${SHORTEST_LEASE}ms to ${LONGEST_LEASE / 60_000}m`);
}

async function queueIn(broker: string, name: string, options: QueueOptions): Promise<Queue> {
  if (!/^[\w-]{1,64}$/.test(name)) {
    throw new UsageError(`"${name}" is not the name of a queue: 1 to 64 letters, digits, - and _`);
  }
  try {
    return await natsQueue({ ...options, broker, name });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new UsageError(`no queue in ${broker}: ${reason}; start a broker with "nats-server -js"`);
  }
}

let queue: Queue | undefined;
// Workers have the grace period of the server to finish their jobs. They get no new ones.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => queue?.drain(shuttingDown()));

await runServer({
  name: 'work-queue',
  serving: 'a work queue',
  port: 8088,
  setup: (command) =>
    command
      .option(
        '--lease <duration>',
        'how long a worker may be silent before its job is given to another',
        parseLease,
        30_000,
      )
      .option('--attempts <n>', 'how often a job is tried before it becomes a dead letter', atLeastOne, 5)
      .option('--max-mb <n>', 'how much memory jobs may use, in MiB', atLeastOne, 256)
      .option(
        '--broker <url>',
        'keep the queue in NATS, as in nats://127.0.0.1:4222; default: in this process',
      )
      .option('--queue <name>', 'the name of the queue in the broker', 'main'),
  services: async ({ lease, attempts, maxMb, broker, queue: name }) => {
    const options: QueueOptions = { attempts, maxBytes: maxMb * 1024 * 1024 };
    queue = broker ? await queueIn(broker, name, options) : memoryQueue(options);
    return [workQueueService(queue, { lease, log: console.log })];
  },
});
await queue?.close();
