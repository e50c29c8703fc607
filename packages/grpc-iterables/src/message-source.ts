import { Readable } from 'node:stream';
import type { Messages } from './send-messages.ts';

/** Messages that are read one by one, and that can be told to stop at any time. */
export interface MessageSource<Message> {
  next(): Promise<IteratorResult<Message>> | IteratorResult<Message>;
  /** Frees what the messages come from. What that throws is lost: the call has ended by then. */
  stop(): void;
}

/**
 * Starts reading `messages`.
 *
 * Streams, Node's and the web's, are destroyed or cancelled by hand: the `return` of their iterators would wait for
 * a message that may never come.
 *
 * @param what they are, for the error
 * @throws TypeError if they are not iterable
 */
export function sourceOf<Message>(messages: Messages<Message>, what: string): MessageSource<Message> {
  if (messages instanceof ReadableStream) return webStream(messages);
  const iterator = iteratorOf(messages, what);
  return {
    next: () => iterator.next(),
    stop() {
      if (messages instanceof Readable) messages.destroy();
      // An async function, so that what `return` throws at once is lost as well.
      else (async () => iterator.return?.())().catch(() => {});
    },
  };
}

function iteratorOf<Message>(
  messages: Messages<Message>,
  what: string,
): AsyncIterator<Message> | Iterator<Message> {
  if (typeof messages === 'object' && messages !== null) {
    if (Symbol.asyncIterator in messages) return messages[Symbol.asyncIterator]();
    if (Symbol.iterator in messages) return messages[Symbol.iterator]();
  }
  throw new TypeError(
    `${what} are not iterable: they are ${messages === null ? 'null' : `of type ${typeof messages}`}`,
  );
}

function webStream<Message>(stream: ReadableStream<Message>): MessageSource<Message> {
  const reader = stream.getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? { done, value: undefined } : { done, value };
    },
    stop() {
      reader.cancel().catch(() => {});
    },
  };
}
