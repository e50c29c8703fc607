// What the reader of a watch has got, so that it gets nothing twice.

/** A change as it comes from the server. */
interface Received {
  readonly key: string;
  readonly deleted: boolean;
  readonly revision: string;
}

export interface KnownKeys {
  /** Whether the reader has not got this change yet. From now on it counts as received. */
  isNews(change: Received): boolean;
  /** A whole state follows. What is known so far counts only if it is of the same store. */
  beginState(storeId: string): void;
  /** The state is complete. Forgets the keys that were not in it, and returns them. */
  endState(): string[];
}

const OF_ANOTHER_STORE = '';

export function newKnownKeys(): KnownKeys {
  const revisions = new Map<string, string>();
  let missing = new Set<string>();
  let store = '';

  return {
    isNews({ key, deleted, revision }) {
      missing.delete(key);
      if (deleted) return revisions.delete(key);
      if (revisions.get(key) === revision) return false;
      revisions.set(key, revision);
      return true;
    },
    beginState(storeId) {
      if (storeId !== store) for (const key of revisions.keys()) revisions.set(key, OF_ANOTHER_STORE);
      store = storeId;
      missing = new Set(revisions.keys());
    },
    endState() {
      const gone = [...missing];
      for (const key of gone) revisions.delete(key);
      missing.clear();
      return gone;
    },
  };
}
