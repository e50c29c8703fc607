// `for await` has no time limit. So this loop calls `next` itself, and waits for one of two promises.
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';

/** The result of `promise`. Throws UNAVAILABLE if there is none after `longest` milliseconds. */
async function within<Result>(promise: Promise<Result>, longest: number): Promise<Result> {
  const done = new AbortController();
  const silence = delay(longest, undefined, { signal: done.signal }).then(() => {
    throw new StatusError(status.UNAVAILABLE, `nothing was received for ${longest} ms`);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    // The aborted timer rejects, and nobody waits for it any more.
    silence.catch(() => {});
    done.abort();
  }
}

export async function* withoutBeats<Message>(
  messages: AsyncIterable<Message>,
  isBeat: (message: Message) => boolean,
  longest: number,
): AsyncGenerator<Message> {
  const iterator = messages[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await within(iterator.next(), longest);
      if (done) return;
      if (!isBeat(value)) yield value;
    }
  } finally {
    iterator.return?.()?.catch(() => {});
  }
}
