// Everything that a run needs, started together and ended together: broker, servers, workers, and what they report.

import { type Broker, freePort, startBroker } from 'cli/broker';
import { connect } from 'grpc-iterables';
import { WorkQueue } from 'proto';
import { type Actor, newServer, newWorker } from './cast.ts';
import type { Event, Fault } from './check.ts';
import type { Report } from './worker.ts';

export const PARALLEL = 20;
const WORKERS = 4;
const SERVERS = 2;
// In milliseconds.
/** The lease of the servers' jobs, in milliseconds. */
export const LEASE = 1000;
const FROZEN = 2 * LEASE;

export type Kind = 'worker' | 'server' | 'freeze' | 'broker';

export interface Stage {
  readonly client: ReturnType<typeof connect<InstanceType<typeof WorkQueue>>>;
  readonly events: Event[];
  readonly faults: Fault[];
  /** Kills one process of a kind, or freezes a worker for longer than its lease. */
  break(kind: Kind): Promise<void>;
  /** Asks the workers to finish, and waits until they have. */
  finish(): Promise<void>;
  /** Ends all processes. */
  clear(): Promise<void>;
}

export const now = () => performance.timeOrigin + performance.now();
const oneOf = (actors: readonly Actor[]) => actors[Math.floor(Math.random() * actors.length)];

export async function newStage(withBroker: boolean, onDone: (id: string) => void): Promise<Stage> {
  const events: Event[] = [];
  const faults: Fault[] = [];
  const servers: Actor[] = [];
  const workers: Actor[] = [];
  const fault = (target: string) => void faults.push({ at: now(), target });
  const broker: Broker | undefined = withBroker ? await startBroker() : undefined;
  const options = ['--lease', `${LEASE}ms`, ...(broker ? ['--broker', broker.url] : [])];
  const ports = await Promise.all(Array.from({ length: broker ? SERVERS : 1 }, freePort));
  for (const [index, port] of ports.entries()) {
    servers.push(await newServer(`server-${index}`, port, options, fault));
  }
  for (let index = 0; index < WORKERS; index++) {
    const server = index % servers.length;
    const onReport = (report: Report, worker: string) => {
      events.push({ ...report, worker, server: `server-${server}` });
      if (report.what === 'done') onDone(report.id);
    };
    workers.push(await newWorker(`worker-${index}`, `127.0.0.1:${ports[server]}`, PARALLEL, onReport, fault));
  }
  const client = connect(WorkQueue, `127.0.0.1:${ports[0]}`, { backoff: { first: 100, longest: 1000 } });

  async function freeze(): Promise<void> {
    const victim = oneOf(workers);
    if (victim) fault(victim.name());
    await victim?.freeze(FROZEN);
  }
  return {
    client,
    events,
    faults,
    async break(kind) {
      if (kind === 'worker') await oneOf(workers)?.kill();
      else if (kind === 'server') await oneOf(servers)?.kill();
      else if (kind === 'freeze') await freeze();
      else {
        fault('broker');
        await broker?.kill();
        await broker?.restart();
      }
    },
    finish: async () => void (await Promise.all(workers.map(({ finish }) => finish()))),
    async clear() {
      void client.close();
      for (const { end } of [...workers, ...servers]) end();
      await broker?.remove();
    },
  };
}
