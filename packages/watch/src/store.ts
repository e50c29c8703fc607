import type { Keyspace } from './keyspace.ts';

export interface Put {
  readonly key: string;
  readonly value: Uint8Array;
}

/** What the service needs of a store: `memoryStore` and `natsStore` are two. */
export interface Store {
  /** The name of this store, which its revisions belong to. */
  id(): string;
  /** Puts keys in one revision, and resolves with it. */
  put(entries: readonly Put[]): Promise<number>;
  /** Deletes those of the keys that exist in one revision, and resolves with it. */
  remove(keys: readonly string[]): Promise<{ revision: number; deleted: number }>;
  /** The keys, with at least every change that was acknowledged, by whatever server, before this was called. */
  current(): Promise<Keyspace>;
  /** Ends all watchers with `reason`, and frees what the store uses. */
  close(reason: Error): Promise<void>;
}

/** How much a store takes. */
export interface StoreLimits {
  /** How many changes it keeps for watchers that are behind or come back. */
  readonly history: number;
  /** How many bytes these may take. */
  readonly historyBytes: number;
  /** How many bytes all keys and values may take. */
  readonly space: number;
}
