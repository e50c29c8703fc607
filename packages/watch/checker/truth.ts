// What happened, as far as anybody saw it.
import type { History, Seen } from './history.ts';

type Value = string | undefined;

/** The changes of one store. */
export interface StoreTruth {
  /** When a watcher first saw the store, as `performance.now` has it. */
  readonly since: number;
  /** Key to value; undefined: no watcher saw a change of this revision. */
  at(revision: number): ReadonlyMap<string, Value> | undefined;
  /** The revision of the last change of a key. */
  lastOf(key: string): number;
  /** What each key with a prefix was at a revision, undefined if it was deleted. */
  stateAt(revision: number, prefix: string): Map<string, Value>;
}

export interface Truth {
  of(storeId: string): StoreTruth;
  /** What two saw differently. */
  readonly contradictions: string[];
}

/** Puts together what all writers and watchers saw. */
export function truthOf({ writes, connections }: Pick<History, 'writes' | 'connections'>): Truth {
  const stores = new Map<string, Map<number, Map<string, Value>>>();
  const contradictions: string[] = [];

  function add(storeId: string, { key, value, revision }: Seen): void {
    const revisions = stores.get(storeId) ?? new Map<number, Map<string, Value>>();
    stores.set(storeId, revisions);
    const keys = revisions.get(revision) ?? new Map<string, Value>();
    revisions.set(revision, keys);
    if (keys.has(key) && keys.get(key) !== value)
      contradictions.push(`revision ${revision} has ${key} as ${value} and as ${keys.get(key)}`);
    keys.set(key, value);
  }
  for (const { storeId, changes } of writes) for (const change of changes) add(storeId, change);
  for (const { responses } of connections)
    for (const { storeId, changes } of responses) for (const change of changes) add(storeId, change);

  const since = new Map<string, number>();
  for (const { storeId, at } of connections.flatMap(({ responses }) => responses))
    since.set(storeId, Math.min(at, since.get(storeId) ?? at));
  const truths = new Map(
    [...stores].map(([storeId, revisions]) => [storeId, storeTruth(revisions, since.get(storeId) ?? 0)]),
  );
  const nothing = storeTruth(new Map(), 0);
  return { of: (storeId) => truths.get(storeId) ?? nothing, contradictions };
}

function storeTruth(revisions: Map<number, Map<string, Value>>, since: number): StoreTruth {
  const ofKeys = new Map<string, { revision: number; value: Value }[]>();
  for (const revision of [...revisions.keys()].sort((a, b) => a - b)) {
    for (const [key, value] of revisions.get(revision) ?? []) {
      const changes = ofKeys.get(key) ?? [];
      ofKeys.set(key, changes);
      changes.push({ revision, value });
    }
  }
  return {
    since,
    at: (revision) => revisions.get(revision),
    lastOf: (key) => ofKeys.get(key)?.at(-1)?.revision ?? 0,
    stateAt(at, prefix) {
      const state = new Map<string, Value>();
      for (const [key, changes] of ofKeys) {
        const last = key.startsWith(prefix) ? changes.findLast(({ revision }) => revision <= at) : undefined;
        if (last) state.set(key, last.value);
      }
      return state;
    },
  };
}
