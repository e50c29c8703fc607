import { type HistoryLimits, type Revision, sizeOf } from './changes.ts';

/** The latest revisions, kept once for all watchers. A watcher is an index in it. */
export interface History {
  /** Revisions are counted from 0: the index of the oldest one that is kept, and of the one that comes next. */
  readonly first: number;
  readonly next: number;
  /** The newest revision that is no longer kept, or the one after which the history began. */
  readonly compacted: number;
  at(index: number): Revision | undefined;
  /** The index of the first kept revision that is later than `revision`. */
  indexAfter(revision: number): number;
  /** Adds a revision, and drops the oldest ones that exceed the limits. The newest one always stays. */
  add(revision: Revision): void;
  /** Drops everything up to this revision. */
  compact(upTo: number): void;
}

/** @param start the revision that the history begins after */
export function newHistory(start: number, limits: HistoryLimits): History {
  let kept: (Revision | undefined)[] = [];
  // So many at the start of the array are dropped already. Moving the others for each one would cost too much.
  let dropped = 0;
  let first = 0;
  let compacted = start;
  let changes = 0;
  let bytes = 0;

  const count = () => kept.length - dropped;

  function dropOldest(): void {
    const oldest = kept[dropped];
    if (!oldest) return;
    kept[dropped++] = undefined;
    first++;
    compacted = oldest.revision;
    changes -= oldest.changes.length;
    bytes -= bytesOf(oldest);
    if (dropped > count()) {
      kept = kept.slice(dropped);
      dropped = 0;
    }
  }

  return {
    get first() {
      return first;
    },
    get next() {
      return first + count();
    },
    get compacted() {
      return compacted;
    },
    at: (index) => (index < first ? undefined : kept[index - first + dropped]),
    indexAfter(revision) {
      let low = dropped;
      let high = kept.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((kept[middle]?.revision ?? 0) > revision) high = middle;
        else low = middle + 1;
      }
      return first + low - dropped;
    },
    add(revision) {
      kept.push(revision);
      changes += revision.changes.length;
      bytes += bytesOf(revision);
      while (count() > 1 && (changes > limits.changes || bytes > limits.bytes)) dropOldest();
    },
    compact(upTo) {
      while (count() > 0 && (kept[dropped]?.revision ?? 0) <= upTo) dropOldest();
      compacted = Math.max(compacted, upTo);
    },
  };
}

function bytesOf({ changes }: Revision): number {
  return changes.reduce((sum, change) => sum + sizeOf(change), 0);
}
