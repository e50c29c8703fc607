import { setTimeout as delay } from 'node:timers/promises';
import type { CallOptions, IterableClient } from 'grpc-iterables';
import type { WorkQueueClient } from 'proto/gen/workqueue/WorkQueue';
import { add, type JobToAdd } from './add.ts';
import { work } from './work.ts';

const PARALLEL = 4;
const STEPS = ['wash', 'dry', 'fold'];
// How long to wait between two looks at the queue, in milliseconds.
const LOOK = 50;

/** Adds ten jobs, one of which always fails, works on them, and prints what happened to them. */
export async function tour(
  client: IterableClient<WorkQueueClient>,
  call: CallOptions,
  print: (line: string) => void,
): Promise<void> {
  const prefix = `tour-${Date.now()}`;
  const jobs: JobToAdd[] = [
    { id: `${prefix}-poison`, payload: 'poison' },
    ...STEPS.map((payload, index) => ({ id: `${prefix}-shirt-${index}`, key: 'shirt', payload })),
    ...Array.from({ length: 6 }, (_, index) => ({ id: `${prefix}-${index}`, payload: `job ${index + 1}` })),
  ];
  const first = await add(client, jobs, call);
  const second = await add(client, jobs, call);
  print(`added ${first.added} jobs; the same again: ${second.added} added, ${second.repeated} known`);

  const done = new Set<string>();
  const shirt: string[] = [];
  let atATime = 0;
  let most = 0;
  const stop = new AbortController();
  const signal = call.signal ? AbortSignal.any([call.signal, stop.signal]) : stop.signal;
  const working = work(client, { parallel: PARALLEL, signal, name: 'tour' }, async ({ id, key, payload }) => {
    most = Math.max(most, ++atATime);
    await delay(LOOK);
    atATime--;
    if (`${payload}` === 'poison') throw new Error('it is poison');
    if (key !== '') shirt.push(`${payload}`);
    done.add(id);
  });
  const dead = await Promise.race([deadLetterOf(`${prefix}-poison`, client, call), working]);
  stop.abort();
  await working;

  print(`done: ${done.size} jobs, ${most} at a time`);
  print(`the shirt, in order: ${shirt.join(', ')}`);
  if (!dead) return;
  print(`dead after ${dead.attempts} attempts: ${dead.reason}`);
  const { count } = await client.discard({ ids: [dead.id] }, call);
  print(`dead letters removed: ${count}`);
}

/** Waits until a job is among the dead letters. */
async function deadLetterOf(id: string, client: IterableClient<WorkQueueClient>, call: CallOptions) {
  for (;;) {
    for await (const letter of client.deadLetters({}, call)) if (letter.id === id) return letter;
    await delay(LOOK, undefined, call.signal ? { signal: call.signal } : {});
  }
}
