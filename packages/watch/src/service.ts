import { defineService, type Service } from 'grpc-iterables';
import { Store as StoreContract } from 'proto';
import type { StoreHandlers } from 'proto/gen/watch/Store';
import { newBell } from './bell.ts';
import { badKeys, badPrefix, badPut, badWatch, noKey, refusalOf } from './refusals.ts';
import { responseTo, serializedOnce } from './responses.ts';
import type { Store } from './store.ts';
import { storeChanged } from './watch-error.ts';

// In milliseconds. Most proxies and load balancers cut a stream that is silent for longer.
const BOOKMARK_INTERVAL = 10_000;

/**
 * The service behind `server.ts`, for a store of any kind.
 *
 * @param log gets a line for each watcher that connects or leaves
 */
export function storeService(store: Store, log: (line: string) => void): Service {
  return defineService<StoreHandlers>(serializedOnce(StoreContract.service), {
    async Put({ entries }) {
      const refusal = badPut(entries);
      if (refusal) throw refusal;
      const revision = await store.put(entries.map(({ key, value }) => ({ key, value })));
      return { revision, storeId: store.id() };
    },

    async Get({ key }) {
      const keys = await store.current();
      const entry = keys.get(key);
      if (!entry) throw noKey(key);
      return { entry, storeId: keys.id };
    },

    async Delete({ keys }) {
      const refusal = badKeys(keys);
      if (refusal) throw refusal;
      return { ...(await store.remove(keys)), storeId: store.id() };
    },

    // The state with which a watcher begins, without the changes after it.
    async *List({ prefix }) {
      const refusal = badPrefix(prefix);
      if (refusal) throw refusal;
      const keys = await store.current();
      const revision = keys.revision;
      const watcher = keys.watch({ prefix, after: 0, whenSlow: 'end', wake: () => {} });
      try {
        for (;;) {
          const batch = watcher.read();
          if (!batch) return;
          yield { entries: [...batch.changes], revision, storeId: keys.id };
          if (batch.revision > 0) return;
        }
      } catch (error) {
        throw refusalOf(error);
      } finally {
        watcher.close();
      }
    },

    // #region watch
    async *Watch(request, { signal }) {
      const refusal = badWatch(request);
      if (refusal) throw refusal;
      const { prefix, storeId, afterRevision, whenSlow, bookmarkMs } = request;
      const bell = newBell();
      signal.addEventListener('abort', bell.ring, { once: true });
      log(`a watcher of "${prefix}" joined after revision ${afterRevision}`);
      const keys = await store.current();
      try {
        if (afterRevision !== '0' && storeId !== keys.id) throw storeChanged(keys.id);
        const watcher = keys.watch({
          prefix,
          after: Number(afterRevision),
          whenSlow: whenSlow === 'LATEST' ? 'latest' : 'end',
          wake: bell.ring,
        });
        try {
          while (!signal.aborted) {
            const batch = watcher.read();
            if (batch) yield responseTo(batch, keys.id);
            else if (!(await bell.rung(bookmarkMs || BOOKMARK_INTERVAL)))
              yield { changes: [], revision: keys.revision, storeId: keys.id };
          }
        } finally {
          watcher.close();
        }
      } catch (error) {
        throw refusalOf(error);
      } finally {
        log(`a watcher of "${prefix}" left`);
      }
    },
    // #endregion watch
  });
}
