// What the store is made of. Nothing in these types knows gRPC.

/** A key was put or deleted. */
export interface Change {
  readonly key: string;
  /** Empty if the key was deleted. */
  readonly value: Uint8Array;
  readonly deleted: boolean;
  /** A safe integer: at a million changes a second that is enough for 285 years. */
  readonly revision: number;
}

/** What a watcher gets at once: whole revisions, in order. */
export interface Batch {
  readonly changes: readonly Change[];
  /** The watcher has all changes up to this revision; 0: not yet, the state is incomplete. */
  readonly revision: number;
}

/** All changes of one revision. */
export interface Revision extends Batch {}

/** How much the store keeps of the past, for watchers that are behind or come back. */
export interface HistoryLimits {
  readonly changes: number;
  readonly bytes: number;
}

// What a change costs besides its key and value, about.
const OVERHEAD = 100;

/** About how many bytes of memory a change takes. */
export function sizeOf({ key, value }: Pick<Change, 'key' | 'value'>): number {
  return OVERHEAD + key.length + value.length;
}

/** A copy with memory of its own. What came from the network is a part of a larger buffer, and would keep all of it in memory. */
export function ownCopy(value: Uint8Array): Uint8Array {
  const copy = Buffer.allocUnsafeSlow(value.length);
  copy.set(value);
  return copy;
}
