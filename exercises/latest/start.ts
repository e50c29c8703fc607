// watch: Keep the latest change of each key for a slow reader, and no more.
//
// Changes arrive as fast as others make them. The reader takes them as fast as it can. This function keeps the others in a list that grows
// without a limit. Change it: for each key, only the latest change waits. The reader gets the changes in the order of their revisions.
export interface Change {
  key: string;
  value: Buffer;
  revision: number;
}

/** Calls `listener` with each change from now on, until the function that it returns is called. */
export type Subscribe = (listener: (change: Change) => void) => () => void;

/** What a watcher is sent: a response for each change, until the signal is aborted. */
export async function* latestChanges(subscribe: Subscribe, signal: AbortSignal) {
  const waiting: Change[] = [];
  let wake = () => {};
  const unsubscribe = subscribe((change) => {
    waiting.push(change);
    wake();
  });
  signal.addEventListener('abort', () => wake(), { once: true });
  try {
    while (!signal.aborted) {
      const change = waiting.shift();
      if (change) yield { changes: [change], revision: change.revision };
      else
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
    }
  } finally {
    unsubscribe();
  }
}
