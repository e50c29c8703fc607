// One run: writers and watchers, and faults between them, until enough is written; then everybody catches up.
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { type Broker, startBroker } from 'cli/broker';
import { connect, StatusError } from 'grpc-iterables';
import { Store } from 'proto';
import { type Client, END, LAST, listOf, put, read, type WatcherOptions, write } from './clients.ts';
import { newFaults } from './faults.ts';
import type { History } from './history.ts';
import { judge, type Violation } from './judge.ts';
import { randomFrom } from './random.ts';
import { type CheckedServer, startCheckedServer } from './servers.ts';

export interface RunOptions {
  /** How many revisions have to be acknowledged. */
  readonly changes: number;
  /** How many faults to make meanwhile. */
  readonly faults: number;
  readonly seed: number;
  /** Two servers of a store in a broker, instead of one with its store in memory. */
  readonly broker: boolean;
}

export interface Report {
  /** Changes that were acknowledged, and those that watchers received, all together. */
  readonly acknowledged: number;
  readonly received: number;
  /** Calls of Watch. */
  readonly connections: number;
  readonly faults: Record<string, number>;
  /** Why watches had to connect again, by status. */
  readonly losses: Record<string, number>;
  readonly violations: Violation[];
}

const WRITERS = 12;
// Small, so that watchers that are away or slow are often too late.
const KEPT_CHANGES = 400;
// In milliseconds.
const LOOK_INTERVAL = 20;
const BACKOFF = { first: 100, longest: 500 };
const CATCH_UP_LIMIT = 60_000;

const WATCHERS: WatcherOptions[] = [
  { name: 'all', prefix: '', latest: false, slowness: 0 },
  { name: 'all-too', prefix: '', latest: false, slowness: 0 },
  { name: 'a', prefix: 'a/', latest: false, slowness: 0 },
  { name: 'b', prefix: 'b/', latest: false, slowness: 0 },
  { name: 'latest', prefix: '', latest: true, slowness: 0 },
  { name: 'slow', prefix: '', latest: false, slowness: 2 },
  { name: 'slow-latest', prefix: '', latest: true, slowness: 2 },
];

/** Runs writers, watchers and faults, and judges what was recorded. */
export async function run(options: RunOptions): Promise<Report> {
  const broker = options.broker ? await startBroker() : undefined;
  const servers: CheckedServer[] = [];
  const clients: Client[] = [];
  try {
    const serverOptions = ['--history', String(KEPT_CHANGES), ...(broker ? ['--broker', broker.url] : [])];
    for (let server = 0; server < (broker ? 2 : 1); server++) {
      const started = await startCheckedServer(serverOptions);
      servers.push(started);
      clients.push(connect(Store, started.relay.address, { backoff: BACKOFF }));
    }
    return await withServers(options, { broker, servers, clients });
  } finally {
    for (const client of clients) await client.close();
    for (const server of servers) await server.end();
    await broker?.remove();
  }
}

interface Parts {
  readonly broker: Broker | undefined;
  readonly servers: readonly CheckedServer[];
  readonly clients: readonly Client[];
}

async function withServers(options: RunOptions, { broker, servers, clients }: Parts): Promise<Report> {
  const makeFault = newFaults(randomFrom(options.seed), servers, broker);
  const history: History = { writes: [], uncertain: [], connections: [], readers: [] };
  const faults: Record<string, number> = {};
  const losses: Record<string, number> = {};
  const tooLate = new AbortController();
  const clientOf = (index: number) => clients[index % clients.length] as Client;
  const enough = () => history.writes.length >= options.changes;

  const watched = WATCHERS.map(() => event());
  const reading = WATCHERS.map((watcher, index) =>
    read(clientOf(index), watcher, {
      history,
      onLast: () => watched[index]?.resolve(),
      onLost: ({ code }) => count(losses, status[code]),
      signal: tooLate.signal,
    }),
  );
  const ended = Promise.allSettled(reading);
  const writing = Array.from({ length: WRITERS }, (_, index) =>
    write(clientOf(index), `w${index}`, {
      history,
      random: randomFrom(options.seed + 1 + index),
      several: !broker,
      enough,
    }),
  );
  for (let fault = 1; fault <= options.faults && !enough(); fault++) {
    const at = (options.changes * fault) / (options.faults + 1);
    while (history.writes.length < at) await delay(LOOK_INTERVAL);
    count(faults, await makeFault());
  }
  await Promise.all(writing);
  const limit = setTimeout(() => tooLate.abort(), CATCH_UP_LIMIT);
  await servedAgain(clientOf(0));
  await putForAll(clientOf(0), LAST, history);
  await Promise.race([Promise.all(watched.map(({ happened }) => happened)), ended]);
  await putForAll(clientOf(0), END, history);
  const outcomes = await ended;
  clearTimeout(limit);
  for (const reader of history.readers) reader.listed = await listOf(clientOf(0), reader.prefix);

  const changesIn = (parts: readonly { changes: readonly unknown[] }[]) =>
    parts.reduce((sum, { changes }) => sum + changes.length, 0);
  return {
    acknowledged: changesIn(history.writes),
    received: changesIn(history.connections.flatMap(({ responses }) => responses)),
    connections: history.connections.length,
    faults,
    losses,
    violations: [
      ...judge(history),
      ...outcomes.flatMap(failureOf),
      ...servers.flatMap(({ complaints }) =>
        complaints.map((text) => ({ promise: 'server', text }) as const),
      ),
    ],
  };
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function failureOf(outcome: PromiseSettledResult<void>, index: number): Violation[] {
  if (outcome.status === 'fulfilled') return [];
  return [{ promise: 'reader', text: `${WATCHERS[index]?.name} did not see the end: ${outcome.reason}` }];
}

function event() {
  let resolve = () => {};
  const happened = new Promise<void>((done) => {
    resolve = done;
  });
  return { happened, resolve };
}

/** Waits until the server is back from its last fault. */
async function servedAgain(client: Client): Promise<void> {
  for (;;) {
    try {
      await client.get({ key: 'none' });
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      if (error.code === status.NOT_FOUND) return;
      await delay(LOOK_INTERVAL);
    }
  }
}

/** Puts a key for each prefix, for that of all keys last. */
async function putForAll(client: Client, key: string, history: History): Promise<void> {
  const prefixes = new Set(WATCHERS.map(({ prefix }) => prefix));
  for (const prefix of [...prefixes].sort().reverse())
    await put(client, new Map([[prefix + key, prefix + key]]), history);
}
