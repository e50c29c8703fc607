// A server inside the test's process, and clients of it.
import { type Relay, startRelay } from 'cli/relay';
import { type ConnectedClient, connect, type RunningServer, serve } from 'grpc-iterables';
import { Store as StoreContract } from 'proto';
import type { StoreClient } from 'proto/gen/watch/Store';
import type { WatchRequest } from 'proto/gen/watch/WatchRequest';
import type { WatchResponse__Output } from 'proto/gen/watch/WatchResponse';
import { memoryStore } from '../src/memory-store.ts';
import { closing } from '../src/refusals.ts';
import { storeService } from '../src/service.ts';
import type { Store, StoreLimits } from '../src/store.ts';
import { type Change, type WatchOptions, watch } from '../src/watch.ts';

export interface Test {
  after(cleanUp: () => Promise<void> | void): void;
}

export type Client = ConnectedClient<StoreClient>;

export const LIMITS: StoreLimits = { history: 10_000, historyBytes: 2 ** 26, space: 2 ** 28 };

export interface Served extends RunningServer {
  readonly store: Store;
  /** Resolves when the server has logged a line, or logs one, that matches. */
  logged(pattern: RegExp): Promise<void>;
  /** Ends it at once, watchers included. */
  stop(): Promise<void>;
}

export async function startStore(
  t: Test,
  {
    limits = {},
    port = 0,
    open = memoryStore,
  }: {
    limits?: Partial<StoreLimits>;
    port?: number;
    open?: (limits: StoreLimits) => Store | Promise<Store>;
  } = {},
): Promise<Served> {
  const store = await open({ ...LIMITS, ...limits });
  const log: string[] = [];
  const waiting = new Set<() => void>();
  const note = (line: string) => {
    log.push(line);
    for (const look of waiting) look();
  };
  const server = await serve([storeService(store, note)], { gracePeriod: 0, port });
  const logged = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (log.some((line) => pattern.test(line))) resolve();
      };
      waiting.add(look);
      look();
    });
  async function stop() {
    await store.close(closing());
    await server.shutdown();
  }
  t.after(stop);
  return { ...server, store, logged, stop };
}

export function connectTo(t: Test, address: string): Client {
  const client = connect(StoreContract, address, { backoff: { first: 100, longest: 500 } });
  // It is closed when its calls have ended, which later clean-ups see to.
  t.after(() => void client.close());
  return client;
}

/** A client whose line to the server can be cut. */
export async function connectThroughRelay(
  t: Test,
  address: string,
): Promise<{ client: Client; relay: Relay }> {
  const relay = await startRelay(address);
  t.after(() => relay.close());
  return { client: connectTo(t, relay.address), relay };
}

/** Puts each of `KEY=VALUE` in one revision, and resolves with it. */
export async function put(client: Client, ...pairs: string[]): Promise<number> {
  const entries = pairs.map((pair) => {
    const [key = '', value = ''] = pair.split('=');
    return { key, value: Buffer.from(value) };
  });
  return Number((await client.put({ entries })).revision);
}

export async function remove(client: Client, ...keys: string[]): Promise<number> {
  return Number((await client.delete({ keys })).revision);
}

/** A change as a short line: `3 a=1`, `4 a gone`. */
export function short({ key, value, deleted, revision }: WatchResponse__Output['changes'][number]): string {
  return `${revision} ${key}${deleted ? ' gone' : `=${value}`}`;
}

/** One call of Watch, read by hand. */
export function rawWatch(t: Test, client: Client, request: WatchRequest) {
  const abort = new AbortController();
  t.after(() => abort.abort());
  const responses = client.watch(request, { signal: abort.signal });
  async function next(): Promise<WatchResponse__Output> {
    const { done, value } = await responses.next();
    if (done) throw new Error('the watch ended');
    return value;
  }
  /** The changes of all responses up to the one that reaches a revision. */
  async function upTo(revision: number): Promise<string[]> {
    const changes: string[] = [];
    for (;;) {
      const response = await next();
      changes.push(...response.changes.map(short));
      if (Number(response.revision) >= revision) return changes;
    }
  }
  return { next, upTo, cancel: () => abort.abort() };
}

/** A watch by the client's helper, read by hand. */
export function helped(t: Test, client: Client, options: WatchOptions = {}) {
  const abort = new AbortController();
  t.after(() => abort.abort());
  const losses: string[] = [];
  const changes = watch(client, {
    signal: abort.signal,
    onLost: ({ details }) => losses.push(details),
    ...options,
  });
  /** All changes up to the first one that matches, including it. */
  async function until(wanted: RegExp): Promise<string[]> {
    const lines: string[] = [];
    for await (const change of { [Symbol.asyncIterator]: () => ({ next: () => changes.next() }) }) {
      lines.push(lineOf(change));
      if (wanted.test(lines.at(-1) ?? '')) return lines;
    }
    throw new Error('the watch ended');
  }
  return { until, losses, abort };
}

function lineOf(change: Change): string {
  if (change.type === 'put') return `${change.revision} ${change.key}=${change.value}`;
  return change.type === 'delete' ? `${change.revision} ${change.key} gone` : `${change.revision} state`;
}
