import { type Batch, type Change, type Revision, sizeOf } from './changes.ts';
import type { History } from './history.ts';
import { isFull, nextBatch, type Snapshot } from './snapshot.ts';
import { compacted, futureRevision, tooSlow } from './watch-error.ts';

export interface WatchOptions {
  /** Keys that start with this. */
  readonly prefix: string;
  /** The revision to continue from; 0: the state first. */
  readonly after: number;
  /** What happens if the history does not reach back to what this watcher reads next. */
  readonly whenSlow: 'end' | 'latest';
  /** Called when there is something to read again. */
  readonly wake: () => void;
}

export interface Watcher {
  /**
   * What comes next; undefined: the watcher has everything up to the current revision.
   *
   * @throws WatchError TOO_SLOW, or the reason that the keyspace was closed with
   */
  read(): Batch | undefined;
  close(): void;
}

/** What watchers need of the keyspace. */
export interface Watched {
  readonly history: History;
  revision(): number;
  /** Deletions up to this revision are forgotten. */
  forgotten(): number;
  /** The latest changes of all keys that changed after a revision, in order. */
  latestAfter(revision: number): Change[];
}

export interface Watchers {
  /** @throws WatchError COMPACTED or FUTURE_REVISION if it cannot begin after that revision */
  add(options: WatchOptions): Watcher;
  /** Wakes the watchers of the keys that a new revision changes. */
  announce(revision: Revision): void;
  close(reason: Error): void;
}

/** Where a watcher is. It costs the same however far behind it is. */
interface Place {
  readonly options: WatchOptions;
  /** It has read all changes up to this revision. */
  sent: number;
  /** It has read a whole state, so a watch can continue from `sent`. */
  complete: boolean;
  /** The index in the history of what it reads next; undefined: it has everything, or reads a snapshot first. */
  next: number | undefined;
  snapshot: Snapshot | undefined;
  ended: Error | undefined;
}

// An index before all others: the next change is no longer in the history.
const BEHIND = -1;

export function newWatchers({ history, revision, forgotten, latestAfter }: Watched): Watchers {
  const byPrefix = new Map<string, Set<Place>>();
  // Those that read a snapshot, the oldest first.
  const inSnapshot = new Set<Place>();

  // #region read
  function read(place: Place): Batch | undefined {
    if (place.ended) throw place.ended;
    if (place.snapshot) return readSnapshot(place, place.snapshot);
    if (place.next === undefined) return undefined;
    if (place.next >= history.first) return readHistory(place, place.next);
    if (!canSkip(place)) throw tooSlow(place.sent, history.compacted);
    return readSnapshot(place, takeSnapshot(place));
  }
  // #endregion read

  /** Whether it may have the latest change of each key instead of all changes. */
  function canSkip({ options, sent }: Place): boolean {
    return options.whenSlow === 'latest' && (sent === 0 || sent >= forgotten());
  }

  function takeSnapshot(place: Place): Snapshot {
    const { options, sent } = place;
    const isNew = sent === 0;
    const changes = latestAfter(sent).filter(
      ({ key, deleted }) => key.startsWith(options.prefix) && !(isNew && deleted),
    );
    place.snapshot = { changes, revision: revision(), read: 0 };
    place.next = undefined;
    inSnapshot.add(place);
    return place.snapshot;
  }

  function readSnapshot(place: Place, snapshot: Snapshot): Batch {
    const changes = nextBatch(snapshot);
    const isLast = snapshot.read === snapshot.changes.length;
    place.sent = isLast ? snapshot.revision : (changes.at(-1)?.revision ?? place.sent);
    if (isLast) {
      place.complete = true;
      dropSnapshot(place);
      goOnFrom(place, history.indexAfter(place.sent));
    }
    return { changes, revision: place.complete ? place.sent : 0 };
  }

  function readHistory(place: Place, from: number): Batch | undefined {
    const found: Change[] = [];
    let index = from;
    let bytes = 0;
    for (; index < history.next && !isFull(found.length, bytes); index++) {
      const next = history.at(index);
      if (!next) break;
      const changes = matching(next, place.options.prefix);
      place.sent = next.revision;
      // All watchers of this key get the same object, so that it is turned into bytes once.
      if (changes === next.changes && index === history.next - 1 && found.length === 0) {
        goOnFrom(place, index + 1);
        return next;
      }
      found.push(...changes);
      bytes += changes.reduce((sum, change) => sum + sizeOf(change), 0);
    }
    goOnFrom(place, index);
    return found.length > 0 ? { changes: found, revision: place.sent } : undefined;
  }

  function goOnFrom(place: Place, index: number): void {
    place.next = index < history.next ? index : undefined;
  }

  function dropSnapshot(place: Place): void {
    place.snapshot = undefined;
    inSnapshot.delete(place);
  }

  /** A snapshot may keep values that the history has dropped, so it is dropped, too. */
  function dropOldSnapshots(): void {
    for (const place of inSnapshot) {
      if ((place.snapshot?.revision ?? 0) >= history.compacted) return;
      dropSnapshot(place);
      place.next = BEHIND;
      place.options.wake();
    }
  }

  function wakeWatchersOf(key: string, { revision: changed }: Revision): void {
    for (let length = 0; length <= key.length; length++) {
      for (const place of byPrefix.get(key.slice(0, length)) ?? []) {
        if (place.next !== undefined || place.snapshot) continue;
        place.next = history.next - 1;
        // Nothing before this revision concerns it.
        place.sent = changed - 1;
        place.options.wake();
      }
    }
  }

  return {
    add(options) {
      const { after, prefix } = options;
      const place: Place = {
        options,
        sent: after,
        complete: after > 0,
        next: undefined,
        snapshot: undefined,
        ended: undefined,
      };
      if (after > revision()) throw futureRevision(after, revision());
      if (after === 0) takeSnapshot(place);
      else if (after >= history.compacted) goOnFrom(place, history.indexAfter(after));
      else if (canSkip(place)) takeSnapshot(place);
      else throw compacted(after, history.compacted);
      const others = byPrefix.get(prefix) ?? new Set();
      byPrefix.set(prefix, others.add(place));
      return {
        read: () => read(place),
        close() {
          dropSnapshot(place);
          others.delete(place);
          if (others.size === 0 && byPrefix.get(prefix) === others) byPrefix.delete(prefix);
        },
      };
    },
    announce(next) {
      for (const { key } of next.changes) wakeWatchersOf(key, next);
      dropOldSnapshots();
    },
    close(reason) {
      for (const place of [...byPrefix.values()].flatMap((places) => [...places])) {
        place.ended = reason;
        dropSnapshot(place);
        place.options.wake();
      }
    },
  };
}

function matching(revision: Revision, prefix: string): readonly Change[] {
  return revision.changes.every(({ key }) => key.startsWith(prefix))
    ? revision.changes
    : revision.changes.filter(({ key }) => key.startsWith(prefix));
}
