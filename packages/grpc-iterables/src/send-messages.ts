import type { Writable } from 'node:stream';

/** What a request or response stream is written as: a generator, async or not, an array, a Readable… */
export type Messages<Message> = AsyncIterable<Message> | Iterable<Message>;

function iteratorOf<Message>(messages: Messages<Message>): AsyncIterator<Message> | Iterator<Message> {
  return Symbol.asyncIterator in messages ? messages[Symbol.asyncIterator]() : messages[Symbol.iterator]();
}

/** How far a sender has come. */
export interface Progress {
  /** A message has been written. */
  begun: boolean;
}

/**
 * Writes all of `messages` to a grpc-js call, no faster than the call takes them.
 *
 * Resolves when the last one is handed over, rejects with what the iterable throws. When `over` is aborted
 * it rejects with its reason at once, even if the iterable or the call never answers again, and the iterable
 * is returned, so that its `finally` runs.
 *
 * The outer promise is what makes that certain: grpc-js never calls back a write after a cancel, nor emits
 * `drain` (grpc/grpc-node#2385), so whoever awaits one of them alone may wait for ever.
 */
export function sendMessages<Message>(
  call: Writable,
  messages: Messages<Message>,
  over: AbortSignal,
  serialize: (message: Message) => unknown = (message) => message,
  progress: Progress = { begun: false },
): Promise<void> {
  const iterator = iteratorOf(messages);

  async function pump(): Promise<void> {
    while (!over.aborted) {
      const { done, value } = await iterator.next();
      if (done || over.aborted) return;
      const chunk = serialize(value);
      progress.begun = true;
      if (!call.write(chunk)) await new Promise((drained) => call.once('drain', drained));
    }
  }

  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(over.reason);
      // The call has ended by now: an error of the iterable's own clean-up can no longer change how.
      Promise.resolve(iterator.return?.()).catch(() => {});
    };
    if (over.aborted) return stop();
    over.addEventListener('abort', stop, { once: true });
    pump()
      .then(resolve, reject)
      .finally(() => over.removeEventListener('abort', stop));
  });
}
