import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startRelay } from 'cli/relay';
import type { ClientAccount, Leftovers, ServerAccount } from './account.ts';
import type { Disaster } from './judge.ts';
import type { Plan } from './plan.ts';
import type { Orders, Report } from './process.ts';
import type { Certificates } from './stack.ts';
import type { Judged } from './tally.ts';

const program = fileURLToPath(new URL('./process.ts', import.meta.url));
const CONCURRENCY = 48;
// How long one side may take to report the end of a call after the other side has reported it.
const SETTLE = 3000;
const EXIT_BOUND = 10_000;

interface Side {
  child: ChildProcess;
  clientAccounts: Map<number, ClientAccount>;
  serverAccounts: Map<number, ServerAccount>;
  /** Resolves with the first report that has this key. */
  reported<Key extends string>(key: Key): Promise<Extract<Report, Record<Key, unknown>>>;
}

function start(orders: Orders): Side {
  const child = fork(program, [], { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  const clientAccounts = new Map<number, ClientAccount>();
  const serverAccounts = new Map<number, ServerAccount>();
  const reports: Report[] = [];
  const waiting = new Set<() => void>();
  child.on('message', (message: Report) => {
    if ('client' in message) clientAccounts.set(message.client.id, message.client);
    else if ('server' in message) serverAccounts.set(message.server.id, message.server);
    else reports.push(message);
    for (const look of waiting) look();
  });
  function reported<Key extends string>(key: Key): Promise<Extract<Report, Record<Key, unknown>>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = reports.find(
          (report): report is Extract<Report, Record<Key, unknown>> => key in report,
        );
        if (found) resolve(found);
      };
      waiting.add(look);
      look();
      child.once('exit', (code, signal) =>
        reject(new Error(`a ${orders.side} ended with ${code ?? signal}`)),
      );
    });
  }
  child.send(orders);
  return { child, clientAccounts, serverAccounts, reported };
}

/** Waits until a process ends by itself. If it does not end, it has left something open. */
async function end({ child, reported }: Side): Promise<Leftovers> {
  const exited = once(child, 'exit');
  child.send('end');
  const { leftovers } = await reported('leftovers');
  const guard = setTimeout(() => child.kill('SIGKILL'), EXIT_BOUND);
  const [, signal] = await exited;
  clearTimeout(guard);
  if (signal !== null) leftovers.resources.push('the process itself');
  return leftovers;
}

async function kill({ child }: Side): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

/** Waits until the server has reported every call that it can still report. */
async function settled(server: Side, plans: Plan[]): Promise<void> {
  const deadline = Date.now() + SETTLE;
  while (Date.now() < deadline && plans.some(({ id }) => !server.serverAccounts.has(id))) await delay(20);
}

export interface Outcome {
  judged: Judged[];
  leftovers: Leftovers[];
}

/** The names of the libraries on the two sides. */
export interface Pair {
  readonly client: string;
  readonly server: string;
}

/** Many calls, each with its own ending. Several client processes call one server. */
export async function attackCalls(
  pair: Pair,
  plans: Plan[],
  certificates: { server: Certificates; client: Certificates } | undefined,
  progress: (calls: number) => void,
): Promise<Outcome> {
  const server = start({
    side: 'server',
    stack: pair.server,
    ...(certificates && { certificates: certificates.server }),
  });
  const { listening } = await server.reported('listening');
  // A name and not an IP address, because the server name in TLS must not be an IP address.
  const address = certificates ? listening.replace('127.0.0.1', 'localhost') : listening;
  const halves = [plans.filter(({ id }) => id % 2 === 0), plans.filter(({ id }) => id % 2 === 1)];
  const clients = halves.map((half) =>
    start({
      side: 'client',
      stack: pair.client,
      address,
      plans: half,
      concurrency: CONCURRENCY,
      ...(certificates && { certificates: certificates.client }),
    }),
  );
  const ticker = setInterval(
    () => progress(clients.reduce((sum, { clientAccounts }) => sum + clientAccounts.size, 0)),
    500,
  );
  await Promise.all(clients.map(({ reported }) => reported('done')));
  clearInterval(ticker);
  const reached = plans.filter(({ id }) => !server.serverAccounts.has(id));
  await settled(server, reached);
  const leftovers = [...(await Promise.all(clients.map(end))), await end(server)];
  const accounts = new Map(clients.flatMap(({ clientAccounts }) => [...clientAccounts]));
  return {
    judged: plans.map((plan) => ({
      plan,
      client: accounts.get(plan.id),
      server: server.serverAccounts.get(plan.id),
    })),
    leftovers,
  };
}

/** One disaster while many slow calls are open. */
export async function attackProcess(
  pair: Pair,
  plans: Plan[],
  disaster: Disaster,
  moment: number,
): Promise<Outcome> {
  const server = start({ side: 'server', stack: pair.server });
  const { listening } = await server.reported('listening');
  const relay = await startRelay(listening);
  const client = start({ side: 'client', stack: pair.client, address: relay.address, plans });
  const strike: Record<Disaster, () => unknown> = {
    'client killed': () => kill(client),
    'server killed': () => kill(server),
    'connection cut': () => relay.cut(),
    'connection silent': () => relay.silence(),
    'server shut down': () => server.child.kill('SIGTERM'),
  };
  const done = client.reported('done').catch(() => undefined);
  await server.reported('begun');
  await delay(moment);
  await strike[disaster]();
  await done;
  await settled(server, disaster === 'server killed' ? [] : plans);
  const survivors = [client, server].filter(
    ({ child }) => child.exitCode === null && child.signalCode === null,
  );
  const leftovers = await Promise.all(survivors.map(end));
  await relay.close();
  return {
    judged: plans.map((plan) => ({
      plan,
      client: client.clientAccounts.get(plan.id),
      server: server.serverAccounts.get(plan.id),
      disaster,
    })),
    leftovers,
  };
}
