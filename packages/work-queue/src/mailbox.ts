/** Messages on their way to one reader. The reader waits while there are none. */
export interface Mailbox<Message> extends AsyncIterable<Message> {
  put(message: Message): void;
  /** How many messages nobody has begun to read. */
  readonly size: number;
  /** Ends the reading: after all messages, or at once with a failure. Only the first call counts. */
  close(failure?: Error): void;
}

/** It has no limit of its own. Something else must limit what is put in, for example a window. */
export function newMailbox<Message>(): Mailbox<Message> {
  let waiting: Message[] = [];
  let closed: { failure: Error | undefined } | undefined;
  let wake = () => {};

  async function* read(): AsyncGenerator<Message> {
    for (;;) {
      const batch = waiting;
      waiting = [];
      for (const message of batch) {
        if (closed?.failure) throw closed.failure;
        yield message;
      }
      if (waiting.length > 0) continue;
      if (closed?.failure) throw closed.failure;
      if (closed) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  return {
    get size() {
      return waiting.length;
    },
    put(message) {
      if (closed) return;
      waiting.push(message);
      wake();
    },
    close(failure) {
      closed ??= { failure };
      wake();
    },
    [Symbol.asyncIterator]: read,
  };
}
