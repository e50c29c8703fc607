import { type Change, sizeOf } from './changes.ts';

// How much a watcher gets at once, unless a single revision is larger.
const CHANGES_A_BATCH = 1000;
const BYTES_A_BATCH = 256 * 1024;

/** The latest changes of each key at one revision. */
export interface Snapshot {
  readonly changes: Change[];
  readonly revision: number;
  /** How many of them are read. */
  read: number;
}

/** Whether a batch has as much as a watcher gets at once. */
export function isFull(changes: number, bytes: number): boolean {
  return changes >= CHANGES_A_BATCH || bytes >= BYTES_A_BATCH;
}

/** Takes whole revisions from a snapshot. */
export function nextBatch(snapshot: Snapshot): Change[] {
  const { changes, read: first } = snapshot;
  let bytes = 0;
  for (let change = changes[snapshot.read]; change; change = changes[snapshot.read]) {
    if (isFull(snapshot.read - first, bytes) && change.revision !== changes[snapshot.read - 1]?.revision)
      break;
    bytes += sizeOf(change);
    snapshot.read++;
  }
  return changes.slice(first, snapshot.read);
}
