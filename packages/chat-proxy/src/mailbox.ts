/** Messages on their way to one reader, read as an async iterable. */
export interface Mailbox<Message> extends AsyncIterable<Message> {
  put(message: Message): void;
  /** The reader's loop ends after the unread messages, or throws `failure` then. Only the first end counts. */
  end(failure?: Error): void;
}

/** How many messages and characters may be unread. */
export interface MailboxLimits {
  readonly messages: number;
  readonly characters: number;
}

/**
 * A mailbox for a reader that may be slower than its writers.
 *
 * The writers never wait, so the mailbox has limits. A reader that leaves more unread loses the rest, and gets the error that
 * `overflow` makes.
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
