/**
 * An iterator that starts with its first read, like a generator. If it is never read, no call is opened. If it cannot start, the
 * first read fails.
 */
export function startedByReading<Message>(
  start: () => AsyncIterator<Message>,
): AsyncIterableIterator<Message> {
  let iterator: AsyncIterator<Message> | undefined;
  let left = false;
  return {
    next() {
      if (left && !iterator) return Promise.resolve({ done: true, value: undefined });
      try {
        iterator ??= start();
      } catch (error) {
        return Promise.reject(error);
      }
      return iterator.next();
    },
    async return() {
      left = true;
      await iterator?.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
