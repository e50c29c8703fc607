/** Messages on their way to one reader, read as an async iterable. */
export interface Mailbox<Message> extends AsyncIterable<Message> {
  put(message: Message): void;
  /** After what is unread the reader's loop ends, or throws `failure`. Only the first end counts. */
  end(failure?: Error): void;
}

/**
 * A mailbox for someone who may read more slowly than others write.
 *
 * The writers never wait, so it has a limit: who leaves more than `limit` messages unread loses the rest,
 * and is told so by the error that `overflow` makes.
 */
export function mailbox<Message>(limit: number, overflow: () => Error): Mailbox<Message> {
  const unread: Message[] = [];
  let ending: { failure: Error | undefined } | undefined;
  let wake = () => {};

  function end(failure?: Error): void {
    ending ??= { failure };
    wake();
  }

  return {
    put(message) {
      if (ending) return;
      if (unread.length === limit) return end(overflow());
      unread.push(message);
      wake();
    },
    end,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        for (let message = unread.shift(); message !== undefined; message = unread.shift()) yield message;
        if (ending?.failure) throw ending.failure;
        if (ending) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
