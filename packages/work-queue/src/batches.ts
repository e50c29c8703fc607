import { setTimeout as delay } from 'node:timers/promises';

/**
 * Puts items together: at most `most` of them, and none waits longer than `milliseconds` for the others.
 *
 * So a fast source is not slowed down by one call for each item, and the items of a slow one are not kept back.
 */
export async function* inBatches<Item>(
  source: Iterable<Item> | AsyncIterable<Item>,
  most: number,
  milliseconds: number,
): AsyncGenerator<Item[]> {
  const iterator = iteratorOf(source);
  let next = ask();
  try {
    for (;;) {
      const first = await next;
      if (first.done) return;
      const batch = [first.value];
      next = ask();
      const timer = new AbortController();
      const late = delay(milliseconds, undefined, { signal: timer.signal }).catch(() => undefined);
      while (batch.length < most) {
        const more = await Promise.race([next, late]);
        if (!more || more.done) break;
        batch.push(more.value);
        next = ask();
      }
      timer.abort();
      yield batch;
    }
  } finally {
    // Not awaited: it would wait for an item that may never come.
    iterator.return?.()?.catch(() => {});
  }

  function ask(): Promise<IteratorResult<Item>> {
    const answer = iterator.next();
    // If it fails while no caller waits for it, the next caller gets the error.
    answer.catch(() => {});
    return answer;
  }
}

function iteratorOf<Item>(source: Iterable<Item> | AsyncIterable<Item>): AsyncIterator<Item> {
  if (Symbol.asyncIterator in source) return source[Symbol.asyncIterator]();
  const iterator = source[Symbol.iterator]();
  return {
    next: async () => iterator.next(),
    return: async () => iterator.return?.() ?? { done: true, value: undefined },
  };
}
