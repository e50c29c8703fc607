// A run of the queue under faults: jobs are added and done while workers, servers and the broker are killed at random.
import { setTimeout as delay } from 'node:timers/promises';
import { credentials } from '@grpc/grpc-js';
import { iterableClient, StatusError, streamingChannelOptions } from 'grpc-iterables';
import type { WorkQueueClient } from 'proto/gen/workqueue/WorkQueue';
import { add, type JobToAdd } from '../src/add.ts';
import { QueueClient } from '../src/queue-client.ts';
import { freePort, startBroker } from '../test/broker.ts';
import { type Actor, newServer, newWorker } from './cast.ts';
import { check, type Event, type Fault, type Verdict } from './check.ts';
import type { Report } from './worker.ts';

export interface RunOptions {
  readonly jobs: number;
  /** Keeps the queue in NATS, so that servers and the broker can be killed too. */
  readonly broker: boolean;
  /** How long to wait between two faults, in milliseconds. */
  readonly pause: number;
  readonly print: (line: string) => void;
}

export interface RunResult extends Verdict {
  readonly seconds: number;
  /** How often each kind of process was killed or stopped. */
  readonly faults: Record<string, number>;
  /** Jobs that became dead letters though they can be done, and were put back. */
  readonly revived: number;
}

const WORKERS = 4;
const SERVERS = 2;
const PARALLEL = 20;
// In milliseconds.
const LEASE = 1000;
const FROZEN = 2 * LEASE;
const LOOK = 500;
const KEYS = 50;

/** One in 20 jobs has a key; the poison is spread among the others. */
function jobsOf(count: number) {
  const every = Math.max(1, Math.floor(count / 10));
  const jobs: (JobToAdd & { id: string; key: string })[] = [];
  const poison: string[] = [];
  for (let number = 0; number < count; number++) {
    jobs.push({
      id: `job-${number}`,
      key: number % 20 === 0 ? `key-${(number / 20) % KEYS}` : '',
      payload: '',
    });
    if (number % every !== 0) continue;
    const id = `poison-${number}`;
    poison.push(id);
    jobs.push({ id, key: '', payload: poison.length % 5 === 0 ? 'kill' : 'throw' });
  }
  return { jobs, poison };
}

export async function run({ jobs: count, broker: withBroker, pause, print }: RunOptions): Promise<RunResult> {
  const { jobs, poison } = jobsOf(count);
  const wanted = new Set(jobs.filter(({ payload }) => payload === '').map(({ id }) => id));
  const events: Event[] = [];
  const faults: Fault[] = [];
  const fault = (target: string) =>
    void faults.push({ at: performance.timeOrigin + performance.now(), target });

  const broker = withBroker ? await startBroker() : undefined;
  const ports = await Promise.all(Array.from({ length: withBroker ? SERVERS : 1 }, freePort));
  const options = ['--lease', `${LEASE}ms`, ...(broker ? ['--broker', broker.url] : [])];
  const servers = await Promise.all(
    ports.map((port, index) => newServer(`server-${index}`, port, options, fault)),
  );
  const serverOf = (worker: number) => worker % servers.length;
  const workers = await Promise.all(
    Array.from({ length: WORKERS }, (_, index) =>
      newWorker(
        `worker-${index}`,
        `127.0.0.1:${ports[serverOf(index)]}`,
        PARALLEL,
        (report, name) => {
          const { what, id } = report as Report;
          events.push({ ...(report as Report), worker: name, server: `server-${serverOf(index)}` });
          if (what === 'done') wanted.delete(id);
        },
        fault,
      ),
    ),
  );
  const clients = ports.map(
    (port) => new QueueClient(`127.0.0.1:${port}`, credentials.createInsecure(), streamingChannelOptions),
  );
  const [client] = clients.map((each) => iterableClient<WorkQueueClient>(each, QueueClient.service));
  if (!client) throw new Error('no server');
  const started = performance.now();
  const quiet = new AbortController();

  const breaking = breakThings();
  await add(client, jobs);
  print(`${jobs.length} jobs added after ${((performance.now() - started) / 1000).toFixed(1)} s`);
  const { deadLetters, revived } = await untilAllIsDone(client);
  quiet.abort();
  await breaking;
  await Promise.all(workers.map(({ finish }) => finish()));
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(servers.map(({ finish }) => finish()));
  for (const each of clients) each.close();
  await broker?.remove();
  const doable = jobs.filter(({ payload }) => payload === '');
  const verdict = check({ jobs: doable, poison, events, faults, deadLetters, parallel: PARALLEL });
  return { ...verdict, seconds, faults: countsOf(faults), revived };

  /** Until nearly everything is done: the last jobs then show that all is well again. */
  async function breakThings(): Promise<void> {
    while (wanted.size > count / 10) {
      await delay(pause * (0.5 + Math.random()), undefined, { signal: quiet.signal }).catch(() => {});
      if (quiet.signal.aborted) return;
      const dice = Math.random();
      if (broker && dice < 0.1) {
        fault('broker');
        await broker.kill();
        await broker.restart();
      } else if (broker && dice < 0.3) await kill(servers);
      else if (dice < 0.7) await kill(workers);
      else await freeze();
    }
  }
  async function kill(actors: Actor[]): Promise<void> {
    await actors[Math.floor(Math.random() * actors.length)]?.kill();
  }
  async function freeze(): Promise<void> {
    const victim = workers[Math.floor(Math.random() * workers.length)];
    if (!victim) return;
    fault(victim.name());
    await victim.freeze(FROZEN);
  }

  /** Puts back what became a dead letter by bad luck: its workers were killed in all of its attempts. */
  async function untilAllIsDone(from: NonNullable<typeof client>) {
    let back = 0;
    for (;;) {
      const letters: string[] = [];
      try {
        for await (const { id } of from.deadLetters({})) letters.push(id);
        const ids = letters.filter((id) => wanted.has(id));
        if (ids.length > 0) back += (await from.retry({ ids })).count;
      } catch (error) {
        if (!(error instanceof StatusError)) throw error;
      }
      if (wanted.size === 0 && poison.every((id) => letters.includes(id)))
        return { deadLetters: letters, revived: back };
      await delay(LOOK);
    }
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
