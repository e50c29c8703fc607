import { sizeOf } from './changes.ts';
import type { Keyspace } from './keyspace.ts';
import type { Put } from './store.ts';

/** Whether the keys would take more than `space` bytes with these entries. */
export function exceeds(keys: Keyspace, entries: readonly Put[], space: number): boolean {
  const growth = entries.reduce((sum, entry) => {
    const before = keys.get(entry.key);
    return sum + sizeOf(entry) - (before ? sizeOf(before) : 0);
  }, 0);
  return growth > 0 && keys.bytes + growth > space;
}
