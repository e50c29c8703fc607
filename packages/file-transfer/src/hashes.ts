import type { Hash } from 'node:crypto';

/**
 * The hashes of uploads that were left open. To continue one of them, the server does not have to read its bytes again, which
 * takes minutes for a large file: a client that waits for so long would give up the attempt.
 */
export interface Hashes {
  /** The hash of the first `length` bytes of an upload; undefined if it is not known. It is forgotten here. */
  take(id: string, length: number): Hash | undefined;
  keep(id: string, length: number, hash: Hash): void;
}

// The oldest is forgotten first. Each takes some hundred bytes.
const MOST = 1000;

export function newHashes(): Hashes {
  const hashes = new Map<string, { length: number; hash: Hash }>();
  return {
    take(id, length) {
      const found = hashes.get(id);
      hashes.delete(id);
      return found?.length === length ? found.hash : undefined;
    },
    keep(id, length, hash) {
      const [oldest] = hashes.keys();
      if (hashes.size === MOST && oldest !== undefined) hashes.delete(oldest);
      hashes.set(id, { length, hash });
    },
  };
}
