// The clients of a run. They record everything that they receive.
import { setTimeout as delay } from 'node:timers/promises';
import { type ConnectedClient, type IterableClient, StatusError } from 'grpc-iterables';
import type { StoreClient } from 'proto/gen/watch/Store';
import { watch } from '../src/watch.ts';
import type { History, Reader, Response } from './history.ts';
import { oneOf } from './random.ts';

export type Client = ConnectedClient<StoreClient>;
type WatchMethod = Pick<IterableClient<StoreClient>, 'watch'>;

const PREFIXES = ['a/', 'b/', 'c/'];
/** With a watcher's prefix, the last key that is put while it may be behind, and the one that is put when it is not. */
export const LAST = 'last';
export const END = 'end';
const KEYS = PREFIXES.flatMap((prefix) => Array.from({ length: 20 }, (_, index) => `${prefix}${index}`));
// In milliseconds.
const CALL_TIMEOUT = 2000;
const PAUSE_AFTER_FAILURE = 20;
const BOOKMARK_INTERVAL = 200;

/** Writes until `enough`. A Put that fails may have been done or not; if it was done, watchers see it. */
export async function write(
  client: Client,
  name: string,
  {
    history,
    random,
    several,
    enough,
  }: {
    history: History;
    random: () => number;
    /** Whether the store can change several keys at once. */
    several: boolean;
    enough: () => boolean;
  },
): Promise<void> {
  for (let count = 0; !enough(); count++) {
    const size = several && random() < 0.2 ? 3 : 1;
    const keys = [...new Set(Array.from({ length: size }, () => oneOf(random, KEYS)))];
    try {
      if (random() < 0.15) await remove(client, keys[0] ?? '', history);
      else await put(client, new Map(keys.map((key) => [key, `${name}-${count}-${key}`])), history);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      await delay(PAUSE_AFTER_FAILURE);
    }
  }
}

export async function put(
  client: Client,
  values: ReadonlyMap<string, string>,
  history: History,
): Promise<void> {
  const entries = [...values].map(([key, value]) => ({ key, value: Buffer.from(value) }));
  const { revision, storeId } = await client.put({ entries }, { timeout: CALL_TIMEOUT });
  const changes = [...values].map(([key, value]) => ({ key, value, revision: Number(revision) }));
  history.writes.push({ storeId, changes });
}

async function remove(client: Client, key: string, history: History): Promise<void> {
  const from = performance.now();
  const { revision, storeId, deleted } = await client
    .delete({ keys: [key] }, { timeout: CALL_TIMEOUT })
    .catch((error: unknown) => {
      history.uncertain.push({ key, from, to: performance.now() });
      throw error;
    });
  if (deleted === 0) return;
  history.writes.push({ storeId, changes: [{ key, value: undefined, revision: Number(revision) }] });
}

/** The same client, but the responses to its watches are recorded. */
function recorded(client: WatchMethod, watcher: string, { connections }: History): WatchMethod {
  return {
    async *watch(request, call) {
      const connection = {
        watcher,
        prefix: request.prefix ?? '',
        after: Number(request.afterRevision ?? 0),
        latest: request.whenSlow === 'LATEST',
        responses: [] as Response[],
      };
      connections.push(connection);
      for await (const response of client.watch(request, call)) {
        const changes = response.changes.map(({ key, value, deleted, revision }) => ({
          key,
          value: deleted ? undefined : String(value),
          revision: Number(revision),
        }));
        connection.responses.push({
          at: performance.now(),
          storeId: response.storeId,
          revision: Number(response.revision),
          changes,
        });
        yield response;
      }
    },
  };
}

export interface WatcherOptions {
  readonly name: string;
  readonly prefix: string;
  readonly latest: boolean;
  /** How long it takes over each change, in milliseconds. */
  readonly slowness: number;
}

/**
 * Reads a watch until it receives the key END.
 *
 * @param onLost called for each failure after which the watch continues
 * @param onLast called when it receives the key LAST
 */
export async function read(
  client: Client,
  { name, prefix, latest, slowness }: WatcherOptions,
  {
    history,
    onLost,
    onLast,
    signal,
  }: {
    history: History;
    onLost: (reason: StatusError) => void;
    onLast: () => void;
    signal: AbortSignal;
  },
): Promise<void> {
  const reader: Reader = { watcher: name, prefix, received: [], listed: new Map() };
  history.readers.push(reader);
  const options = { prefix, latest, signal, bookmarkInterval: BOOKMARK_INTERVAL, onLost };
  for await (const change of watch(recorded(client, name, history), options)) {
    reader.received.push(change);
    if (change.type === 'put' && change.key === prefix + LAST) onLast();
    if (change.type === 'put' && change.key === prefix + END) return;
    if (slowness > 0) await delay(slowness, undefined, { signal });
  }
}

/** What a List says of a prefix. */
export async function listOf(client: Client, prefix: string): Promise<Map<string, string>> {
  const listed = new Map<string, string>();
  for await (const { entries } of client.list({ prefix }))
    for (const { key, value } of entries) listed.set(key, String(value));
  return listed;
}
