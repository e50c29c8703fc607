/** Messages on their way to one reader, read as an async iterable. */
export interface Mailbox<Message> extends AsyncIterable<Message> {
  put(message: Message): void;
  /** After what is unread the reader's loop ends, or throws `failure`. Only the first end counts. */
  end(failure?: Error): void;
}

/** How much may wait to be read. */
export interface MailboxLimits {
  readonly messages: number;
  readonly characters: number;
}

/**
 * A mailbox for someone who may read more slowly than others write.
 *
 * The writers never wait, so it has limits. A reader that leaves more than that unread loses the rest. The error that
 * `overflow` makes says so.
 *
 * @param lengthOf how many characters a message has
 */
export function mailbox<Message>(
  limits: MailboxLimits,
  lengthOf: (message: Message) => number,
  overflow: () => Error,
): Mailbox<Message> {
  const unread: Message[] = [];
  let characters = 0;
  let ending: { failure: Error | undefined } | undefined;
  let wake = () => {};

  function end(failure?: Error): void {
    ending ??= { failure };
    wake();
  }

  return {
    put(message) {
      if (ending) return;
      const length = lengthOf(message);
      if (unread.length === limits.messages || characters + length > limits.characters)
        return end(overflow());
      unread.push(message);
      characters += length;
      wake();
    },
    end,
    async *[Symbol.asyncIterator]() {
      for (;;) {
        for (let message = unread.shift(); message !== undefined; message = unread.shift()) {
          characters -= lengthOf(message);
          yield message;
        }
        if (ending?.failure) throw ending.failure;
        if (ending) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
