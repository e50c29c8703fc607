// The list says which revision of the store it shows. A watch that begins after that revision sends everything that the list does not show.
import type { IterableClient } from 'grpc-iterables';
import type { StoreClient } from 'proto/gen/watch/Store';

/**
 * Keeps `copy` current until the signal is aborted.
 *
 * @param current called when the copy is what the store was at this revision
 */
export async function mirror(
  client: IterableClient<StoreClient>,
  prefix: string,
  copy: Map<string, string>,
  current: (revision: string) => void,
  signal: AbortSignal,
): Promise<void> {
  let place = { afterRevision: '0', storeId: '' };
  for await (const { entries, revision, storeId } of client.list({ prefix }, { signal })) {
    for (const { key, value } of entries) copy.set(key, String(value));
    place = { afterRevision: revision, storeId };
  }
  for await (const { changes, revision } of client.watch({ prefix, ...place }, { signal })) {
    for (const { key, value, deleted } of changes) {
      if (deleted) copy.delete(key);
      else copy.set(key, String(value));
    }
    current(revision);
  }
}
