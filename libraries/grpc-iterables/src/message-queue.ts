/** The source of the messages. The queue stops it while the reader is slow. */
export interface MessageSource {
  pause(): void;
  resume(): void;
  /** The reader left before the end (`break`, `return` or `throw` in its loop). */
  abandon(): void;
}

/** An async iterator over messages that have arrived. */
export interface MessageQueue<Message> extends AsyncIterableIterator<Message> {
  push(message: Message, weight: number): void;
  /** Ends the queue. After the queued messages the reader's loop ends, or throws `failure`. */
  finish(failure?: Error): void;
  /** Drops the unread messages. The reader's loop throws `failure` at once. */
  abort(failure: Error): void;
}

interface Waiting<Message> {
  resolve(result: IteratorResult<Message, undefined>): void;
  reject(failure: Error): void;
}

/**
 * Turns pushed messages into an async iterator that makes its source wait.
 *
 * An async generator would take fewer lines, but three more promises for each message. And a reader that leaves during a read
 * would have to wait for the next message.
 *
 * @param limit the source is paused when the unread messages weigh this much, and resumed at half of it
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
      // If its last message was read, the stream was complete for the reader.
      if (ending && unread.length === 0) return;
      discard();
      ending = undefined;
      end(failure);
    },
    next() {
      if (unread.length > 0) return Promise.resolve(take());
      // A stream that failed fails again, because it must not look complete.
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
