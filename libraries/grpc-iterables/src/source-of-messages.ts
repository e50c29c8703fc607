/** What a request or response stream is written as: a generator, async or not, an array, a Readable… */
export type Messages<Message> = AsyncIterable<Message> | Iterable<Message>;

/** Messages to be read one by one, until the end or until nobody wants them any more. */
export interface SourceOfMessages<Message> {
  next(): Promise<IteratorResult<Message>> | IteratorResult<Message>;
  /** Nobody wants the rest: runs the clean-up of the iterable, which may throw or reject. */
  stop(): unknown;
}

/** The part of a `Readable` that ends it, of Node's own or of the package `readable-stream`. */
interface Destroyable {
  destroy(): unknown;
  once(event: 'error', listener: (error: Error) => void): unknown;
}

/** The stream of the web's standard, as `fetch` returns it. */
type WebStream<Message> = Pick<ReadableStream<Message>, 'getReader'>;

const has = (value: unknown, method: string) =>
  typeof (value as Record<string, unknown> | null | undefined)?.[method] === 'function';
const isWebStream = <Message>(value: unknown): value is WebStream<Message> => has(value, 'getReader');
const isDestroyable = (value: unknown): value is Destroyable => has(value, 'destroy') && has(value, 'once');

/**
 * The source that an iterable is.
 *
 * `return()` of most iterators waits for the read before it. A stream that has gone silent would never close then, so
 * streams are ended directly.
 *
 * @param what the messages are, for the error
 * @throws TypeError if `messages` is not iterable
 */
export function sourceOf<Message>(messages: Messages<Message>, what = 'messages'): SourceOfMessages<Message> {
  if (isWebStream<Message>(messages)) return sourceOfWebStream(messages);
  const iterator = iteratorOf(messages, what);
  return {
    next: () => iterator.next(),
    stop: () => (isDestroyable(messages) ? destroyed(messages) : iterator.return?.()),
  };
}

function iteratorOf<Message>(
  messages: Messages<Message>,
  what: string,
): AsyncIterator<Message> | Iterator<Message> {
  const iterable = messages as Partial<AsyncIterable<Message> & Iterable<Message>> | null | undefined;
  const iterator = iterable?.[Symbol.asyncIterator]?.() ?? iterable?.[Symbol.iterator]?.();
  if (!iterator)
    throw new TypeError(`${what} must be iterable, and a value of type ${typeof messages} is not`);
  return iterator;
}

function sourceOfWebStream<Message>(stream: WebStream<Message>): SourceOfMessages<Message> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<Message>>,
    stop: () => reader.cancel(),
  };
}

/** Rejects if the stream fails while it closes; without a listener that would end the process. */
function destroyed(stream: Destroyable): Promise<void> {
  return new Promise((_, reject) => {
    stream.once('error', reject);
    stream.destroy();
  });
}
