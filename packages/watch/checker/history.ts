// What a run records: everything that writers were acknowledged, and everything that watchers received.
import type { Change } from '../src/watch.ts';

/** A key was put or deleted, as a writer or a watcher knows it. Every value of a run is another one. */
export interface Seen {
  readonly key: string;
  /** Undefined: it was deleted. */
  readonly value: string | undefined;
  readonly revision: number;
}

/** A change that a server acknowledged. */
export interface Write {
  readonly storeId: string;
  readonly changes: readonly Seen[];
}

/** A call that failed: its deletion may have been done, also later, or not. Times are those of `performance.now`. */
export interface UncertainDeletion {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

export interface Response {
  /** When it came. */
  readonly at: number;
  readonly storeId: string;
  /** The place to resume from; 0: none, the state is incomplete. */
  readonly revision: number;
  readonly changes: readonly Seen[];
}

/** One call of Watch. */
export interface Connection {
  readonly watcher: string;
  readonly prefix: string;
  /** 0: the state first. */
  readonly after: number;
  readonly latest: boolean;
  readonly responses: Response[];
}

/** What the reader of one `watch` received, over all connections. */
export interface Reader {
  readonly watcher: string;
  readonly prefix: string;
  readonly received: Change[];
  /** What a List says at the end: key to value. */
  listed: ReadonlyMap<string, string>;
}

export interface History {
  readonly writes: Write[];
  readonly uncertain: UncertainDeletion[];
  readonly connections: Connection[];
  readonly readers: Reader[];
}
