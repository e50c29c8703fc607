// watch: Keep a copy of the keys that misses no change.
//
// `mirror` fills a map from a list, and then keeps it current with a watch. It loses what changes between the two, and it does not delete
// keys. Change it: after each response of the watch, the copy must be equal to the store at that revision.
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
  for await (const { entries } of client.list({ prefix }, { signal })) {
    for (const { key, value } of entries) copy.set(key, String(value));
  }
  let isState = true;
  for await (const { changes, revision } of client.watch({ prefix }, { signal })) {
    // A watch begins with the state, which the list has sent already.
    if (!isState) for (const { key, value } of changes) copy.set(key, String(value));
    isState = false;
    current(revision);
  }
}
