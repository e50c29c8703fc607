import type { Writable } from 'node:stream';
import { type Messages, sourceOf } from './source-of-messages.ts';

// The next message is made while so many bytes, or one message that is larger, still wait in the call.
const BYTES_AHEAD = 64 * 1024;

/** The progress of a sender. */
export interface Progress {
  /** A message has been written. */
  begun: boolean;
}

/**
 * Writes all of `messages` to a grpc-js call, and waits while the call cannot accept more.
 *
 * Resolves when the last message is written. Rejects with the error of the iterable. When `over` aborts, it rejects with
 * its reason at once, even if the iterable or the call never answers again. Then `return()` is called on the iterable, so that
 * its `finally` runs. If this clean-up fails, `cleanUpFailed` gets the error, because the ending of the call cannot change any
 * more.
 *
 * It needs the outer promise. After a cancel grpc-js neither calls back a write nor emits `drain`
 * (grpc/grpc-node#2385). A function that awaits only one of them may wait forever.
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
  // The clean-up of a sync iterable throws, that of an async one rejects. The async function makes both reject.
  const cleanUp = async () => source.stop();

  let unconfirmed = 0;
  let taken: Promise<void> | undefined;

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
      await write(chunk);
    }
  }

  /** grpc-js's calls count messages: 16 may wait, whatever their size. So after some bytes this waits for the call too. */
  async function write(chunk: unknown): Promise<void> {
    if (chunk instanceof Uint8Array) unconfirmed += chunk.length;
    if (unconfirmed < BYTES_AHEAD) {
      if (!call.write(chunk)) await new Promise((drained) => call.once('drain', drained));
      return;
    }
    unconfirmed = 0;
    await taken;
    taken = new Promise((resolve) => {
      call.write(chunk, (error) => {
        // The call is cancelled, and `over` aborts in a later turn. If this went on, a source that never waits would leave no turn.
        if (!error) resolve();
      });
    });
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
