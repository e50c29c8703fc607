/** Where the messages come from; the queue tells it when to wait. */
export interface MessageSource {
  pause(): void;
  resume(): void;
  /** The reader left before the end (`break`, `return` or `throw` in its loop). */
  abandon(): void;
}

/** Messages that have arrived and are not read yet, read as an async iterator. */
export interface MessageQueue<Message> extends AsyncIterableIterator<Message> {
  push(message: Message, weight: number): void;
  /** No more messages will come: after those in the queue the reader's loop ends, or throws `failure`. */
  finish(failure?: Error): void;
  /** Drops what is unread; the reader's loop throws `failure` at once. */
  abort(failure: Error): void;
}

interface Waiting<Message> {
  resolve(result: IteratorResult<Message, undefined>): void;
  reject(failure: Error): void;
}

/**
 * Turns pushed messages into an async iterator that holds its source back.
 *
 * An async generator would do the same in fewer lines, but costs three promises a message more, and a reader
 * that leaves while one of its reads is pending would wait for that message.
 *
 * @param limit the source is paused while the unread messages weigh this much, and resumed at half of it
 */
export function messageQueue<Message>(source: MessageSource, limit: number): MessageQueue<Message> {
  const unread: Message[] = [];
  const weights: number[] = [];
  const waiting: Waiting<Message>[] = [];
  let weightOfUnread = 0;
  let paused = false;
  let ending: { failure: Error | undefined } | undefined;

  function end(failure: Error | undefined): void {
    if (ending) return;
    ending = { failure };
    for (const reader of waiting.splice(0)) {
      if (failure) reader.reject(failure);
      else reader.resolve({ done: true, value: undefined });
    }
  }

  function discard(): void {
    unread.length = 0;
    weights.length = 0;
    weightOfUnread = 0;
  }

  function take(): IteratorResult<Message, undefined> {
    const value = unread.shift() as Message;
    weightOfUnread -= weights.shift() ?? 0;
    if (paused && weightOfUnread <= limit / 2) {
      paused = false;
      source.resume();
    }
    return { done: false, value };
  }

  return {
    push(message, weight) {
      if (ending) return;
      const reader = waiting.shift();
      if (reader) return reader.resolve({ done: false, value: message });
      unread.push(message);
      weights.push(weight);
      weightOfUnread += weight;
      if (!paused && weightOfUnread >= limit) {
        paused = true;
        source.pause();
      }
    },
    finish: end,
    abort(failure) {
      if (ending) return;
      discard();
      end(failure);
    },
    next() {
      if (unread.length > 0) return Promise.resolve(take());
      // A stream that failed keeps failing: read again, it must not look like a complete one.
      if (ending?.failure) return Promise.reject(ending.failure);
      if (ending) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      discard();
      if (!ending) {
        end(undefined);
        source.abandon();
      }
      return Promise.resolve({ done: true, value: undefined });
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
