import { type Change, type HistoryLimits, type Revision, sizeOf } from './changes.ts';
import { newHistory } from './history.ts';
import { newWatchers, type Watcher, type WatchOptions } from './watchers.ts';

/** The keys at the current revision, the latest changes, and the watchers. */
export interface Keyspace {
  /** Another keyspace has another id: revisions of one mean nothing in the other. */
  readonly id: string;
  /** The latest revision. */
  readonly revision: number;
  /** The bytes that all keys and values take, about. */
  readonly bytes: number;
  get(key: string): Change | undefined;
  /** A watcher that gets the state and ends there, or continues with the changes. */
  watch(options: WatchOptions): Watcher;
  /** Makes the changes of a revision, which must be later than the current one. To delete a key twice changes nothing. */
  apply(revision: Revision): void;
  /** Changes up to this revision are not complete here: no watch can continue from before it. */
  compact(upTo: number): void;
  /** Ends all watchers with `reason`. */
  close(reason: Error): void;
}

/**
 * A keyspace that is empty at revision `start`.
 *
 * The latest change of each key is in a Map. A Map keeps the order of insertion, and a key that changes is inserted again: so
 * the Map is in the order of revisions. Deleted keys stay in it for a while, for watchers that want the latest of each key.
 */
export function newKeyspace(id: string, start: number, limits: HistoryLimits): Keyspace {
  const latest = new Map<string, Change>();
  const deleted = new Set<Change>();
  const history = newHistory(start, limits);
  let revision = start;
  let bytes = 0;
  // Deletions up to this revision are forgotten.
  let forgotten = start;

  const watchers = newWatchers({
    history,
    revision: () => revision,
    forgotten: () => forgotten,
    latestAfter: (after) => latestAfter(latest, after),
  });

  function put(change: Change): void {
    const before = latest.get(change.key);
    if (before) {
      latest.delete(change.key);
      deleted.delete(before);
      if (!before.deleted) bytes -= sizeOf(before);
    }
    latest.set(change.key, change);
    if (change.deleted) deleted.add(change);
    else bytes += sizeOf(change);
  }

  function forgetDeleted(): void {
    for (const change of deleted) {
      if (deleted.size <= limits.changes) return;
      deleted.delete(change);
      latest.delete(change.key);
      forgotten = change.revision;
    }
  }

  return {
    id,
    get revision() {
      return revision;
    },
    get bytes() {
      return bytes;
    },
    get(key) {
      const change = latest.get(key);
      return change?.deleted ? undefined : change;
    },
    watch: watchers.add,
    apply(applied) {
      const changes = applied.changes.filter(({ key, deleted }) => !(deleted && latest.get(key)?.deleted));
      const next = changes.length === applied.changes.length ? applied : { ...applied, changes };
      for (const change of changes) put(change);
      forgetDeleted();
      revision = next.revision;
      history.add(next);
      watchers.announce(next);
    },
    compact(upTo) {
      history.compact(upTo);
      forgotten = Math.max(forgotten, upTo);
      revision = Math.max(revision, upTo);
    },
    close: watchers.close,
  };
}

/** The latest changes of all keys that changed after a revision, in order. */
function latestAfter(latest: Map<string, Change>, after: number): Change[] {
  const changes: Change[] = [];
  for (const change of latest.values()) if (change.revision > after) changes.push(change);
  return changes;
}
