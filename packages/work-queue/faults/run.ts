// A run of the queue under faults: jobs are added and done while workers, servers and the broker are killed at random.
import { setTimeout as delay } from 'node:timers/promises';
import { StatusError } from 'grpc-iterables';
import { add, type JobToAdd } from '../src/add.ts';
import { check, type Fault, type Verdict } from './check.ts';
import { type Kind, LEASE, newStage, now, PARALLEL, type Stage } from './stage.ts';

export interface RunOptions {
  readonly jobs: number;
  /** Keeps the queue in NATS, so that servers and the broker can be killed too. */
  readonly broker: boolean;
  /** In so many rounds: in each of them jobs are added, and something is killed or stopped. */
  readonly rounds: number;
  readonly print: (line: string) => void;
}

export interface RunResult extends Verdict {
  readonly seconds: number;
  /** How often each kind of process was killed or stopped. */
  readonly faults: Record<string, number>;
  /** Jobs that became dead letters though they can be done, and were put back. */
  readonly revived: number;
}

// In milliseconds.
const LONGEST_PAUSE = 500;
const LOOK = 2000;
const KEYS = 50;
// They come in their turn, so that a short run has them all.
const KINDS: readonly Kind[] = ['worker', 'server', 'freeze', 'broker'];
const KINDS_IN_MEMORY: readonly Kind[] = ['worker', 'freeze'];

interface TestJob extends JobToAdd {
  readonly id: string;
  readonly key: string;
  readonly payload: 'work' | 'throw' | 'kill';
}

/** One in 20 jobs has a key. Ten more jobs cannot be done: most of them throw, two kill their worker. */
function jobsOf(count: number): TestJob[] {
  const every = Math.ceil(count / 10);
  return Array.from({ length: count }, (_, number): TestJob[] => {
    const key = number % 20 === 0 ? `key-${(number / 20) % KEYS}` : '';
    const job: TestJob = { id: `job-${number}`, key, payload: 'work' };
    if (number % every !== 0) return [job];
    const payload = (number / every) % 5 === 4 ? 'kill' : 'throw';
    return [job, { id: `poison-${number}`, key: '', payload }];
  }).flat();
}

export async function run({ jobs: count, broker, rounds, print }: RunOptions): Promise<RunResult> {
  const all = jobsOf(count);
  const jobs = all.filter(({ payload }) => payload === 'work');
  const poison = all.filter(({ payload }) => payload !== 'work').map(({ id }) => id);
  const waiting = new Set(jobs.map(({ id }) => id));
  const repeats: { at: number; ids: Set<string> }[] = [];
  const stage = await newStage(broker, (id) => waiting.delete(id));
  const { client, events, faults } = stage;
  try {
    const started = now();
    const kinds = broker ? KINDS : KINDS_IN_MEMORY;
    const perRound = Math.ceil(all.length / rounds);
    for (let round = 0; round < rounds; round++) {
      const batch = all.slice(round * perRound, (round + 1) * perRound);
      const onLost = () => void repeats.push({ at: now(), ids: new Set(batch.map(({ id }) => id)) });
      await Promise.all([add(client, batch, { onLost }), breakSoon(stage, kinds[round % kinds.length])]);
    }
    print(`${all.length} jobs were added in ${((now() - started) / 1000).toFixed(0)} s`);
    const { deadLetters, revived } = await untilAllAreDone(client, waiting, poison, print);
    const seconds = (now() - started) / 1000;
    await stage.finish();
    const verdict = check({
      jobs,
      poison,
      events,
      faults,
      repeats,
      revived,
      deadLetters,
      parallel: PARALLEL,
      lease: LEASE,
    });
    return { ...verdict, seconds, faults: countsOf(faults), revived: revived.size };
  } finally {
    await stage.clear();
  }
}

async function breakSoon(stage: Stage, kind: Kind = 'worker'): Promise<void> {
  await delay(Math.random() * LONGEST_PAUSE);
  await stage.break(kind);
}

/** Puts back what became a dead letter by bad luck: its workers were killed in all of its attempts. */
async function untilAllAreDone(
  client: Stage['client'],
  waiting: Set<string>,
  poison: readonly string[],
  print: (line: string) => void,
) {
  const revived = new Set<string>();
  for (;;) {
    const deadLetters: string[] = [];
    try {
      for await (const { id } of client.deadLetters({})) deadLetters.push(id);
      const ids = deadLetters.filter((id) => waiting.has(id));
      for (const id of ids) revived.add(id);
      if (ids.length > 0) await client.retry({ ids });
    } catch (error) {
      // A server or the broker is away.
      if (!(error instanceof StatusError)) throw error;
    }
    if (waiting.size === 0 && poison.every((id) => deadLetters.includes(id))) return { deadLetters, revived };
    print(`${waiting.size} jobs are not done, ${deadLetters.length} are dead letters`);
    await delay(LOOK);
  }
}

function countsOf(faults: readonly Fault[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { target } of faults) {
    const kind = target.replace(/-.*/, '');
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
