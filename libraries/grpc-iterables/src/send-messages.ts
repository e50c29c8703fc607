import type { Writable } from 'node:stream';
import { type Messages, sourceOf } from './source-of-messages.ts';

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
 * is returned, so that its `finally` runs. If that clean-up fails, `cleanUpFailed` is told: it can no longer change
 * how the call ended.
 *
 * The outer promise is what makes that certain: grpc-js never calls back a write after a cancel, nor emits
 * `drain` (grpc/grpc-node#2385), so whoever awaits one of them alone may wait for ever.
 */
export async function sendMessages<Message>(
  call: Writable,
  messages: Messages<Message>,
  over: AbortSignal,
  serialize: (message: Message) => unknown = (message) => message,
  progress: Progress = { begun: false },
  cleanUpFailed: (error: unknown) => void = () => {},
): Promise<void> {
  const source = sourceOf(messages);
  // A sync iterable's clean-up throws where an async one's rejects: the async function makes them the same.
  const cleanUp = async () => source.stop();

  async function pump(): Promise<void> {
    while (!over.aborted) {
      const { done, value } = await source.next();
      if (done || over.aborted) return;
      let chunk: unknown;
      try {
        chunk = serialize(value);
      } catch (error) {
        cleanUp().catch(cleanUpFailed);
        throw error;
      }
      progress.begun = true;
      if (!call.write(chunk)) await new Promise((drained) => call.once('drain', drained));
    }
  }

  // #region settle
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(over.reason);
      cleanUp().catch(cleanUpFailed);
    };
    if (over.aborted) return stop();
    over.addEventListener('abort', stop, { once: true });
    pump()
      .then(resolve, reject)
      .finally(() => over.removeEventListener('abort', stop));
  });
  // #endregion settle
}
