// Adds jobs. Start `pnpm work-queue:server` first.
// `pnpm work-queue:add "resize 1.jpg" "resize 2.jpg"`, or one job for each line of standard input: `ls | pnpm work-queue:add -`.
import { createInterface } from 'node:readline';
import { status } from '@grpc/grpc-js';
import { printable, runClient, UsageError } from 'cli';
import { StatusError } from 'grpc-iterables';
import { WorkQueue } from 'proto';
import { add, type JobToAdd } from './add.ts';

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a whole number from 1`);
}

async function* jobsOf(texts: AsyncIterable<string> | Iterable<string>, key: string, copies: number) {
  for await (const payload of texts) {
    for (let copy = 0; copy < copies; copy++) yield { payload, key } satisfies JobToAdd;
  }
}

await runClient(
  {
    name: 'work-queue',
    program: 'add',
    description: 'Adds jobs to the queue.',
    port: 8088,
    client: WorkQueue,
    setup: (command) =>
      command
        .argument('<jobs...>', 'the jobs; - reads them from standard input, one in each line')
        .option('--key <key>', 'do them one after the other, with all others that have this key', '')
        .option('--copies <n>', 'add each so many times', atLeastOne, 1),
  },
  async (client, { args: [texts = []], options: { key, copies }, call: { signal, timeout } }) => {
    const deadline = timeout === undefined ? undefined : AbortSignal.timeout(timeout);
    const over = AbortSignal.any([signal, deadline].filter((one) => one !== undefined));
    const input = texts[0] === '-';
    const lines = input ? createInterface({ input: process.stdin, signal: over }) : texts;
    const { added } = await add(client, jobsOf(lines, key, copies), {
      signal: over,
      onLost: ({ details }, retryIn) =>
        console.error(`not added: ${printable(details)}; trying again in ${retryIn} ms`),
    }).catch((error) => {
      // A call that fails is repeated, so the deadline is that of all calls together.
      throw deadline?.aborted ? new StatusError(status.DEADLINE_EXCEEDED, 'not all jobs were added') : error;
    });
    console.log(`added ${added} ${added === 1 ? 'job' : 'jobs'}`);
  },
);
