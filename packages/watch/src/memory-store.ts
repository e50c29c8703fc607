import { randomUUID } from 'node:crypto';
import { ownCopy } from './changes.ts';
import { newKeyspace } from './keyspace.ts';
import { storeFull } from './refusals.ts';
import { exceeds } from './space.ts';
import type { Store, StoreLimits } from './store.ts';

const NOTHING = new Uint8Array();

/** A store in this process: it is gone when the process is. The next one has another id. */
export function memoryStore(limits: StoreLimits): Store {
  const id = randomUUID();
  const keys = newKeyspace(id, 1, { changes: limits.history, bytes: limits.historyBytes });

  return {
    id: () => id,
    async put(entries) {
      if (exceeds(keys, entries, limits.space)) throw storeFull(limits.space);
      const revision = keys.revision + 1;
      keys.apply({
        revision,
        changes: entries.map(({ key, value }) => ({ key, value: ownCopy(value), deleted: false, revision })),
      });
      return revision;
    },
    async remove(wanted) {
      const existing = [...new Set(wanted)].filter((key) => keys.get(key));
      if (existing.length === 0) return { revision: keys.revision, deleted: 0 };
      const revision = keys.revision + 1;
      keys.apply({
        revision,
        changes: existing.map((key) => ({ key, value: NOTHING, deleted: true, revision })),
      });
      return { revision, deleted: existing.length };
    },
    current: async () => keys,
    async close(reason) {
      keys.close(reason);
    },
  };
}
