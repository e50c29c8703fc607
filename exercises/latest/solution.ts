// A Map keeps its keys in the order in which they were inserted. If a key is deleted first, it is inserted at the end. So the latest changes wait in
// the order of their revisions.
export interface Change {
  key: string;
  value: Buffer;
  revision: number;
}

/** Calls `listener` with each change from now on, until the function that it returns is called. */
export type Subscribe = (listener: (change: Change) => void) => () => void;

/** What a watcher is sent: a response for each change, until the signal is aborted. */
export async function* latestChanges(subscribe: Subscribe, signal: AbortSignal) {
  const waiting = new Map<string, Change>();
  let wake = () => {};
  const unsubscribe = subscribe((change) => {
    waiting.delete(change.key);
    waiting.set(change.key, change);
    wake();
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      const [change] = waiting.values();
      if (change) {
        waiting.delete(change.key);
        yield { changes: [change], revision: change.revision };
      } else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    unsubscribe();
  }
}
