/** The messages of a stream to write: a generator, async or not, an array, a Readable and so on. */
export type Messages<Message> = AsyncIterable<Message> | Iterable<Message>;

/** Messages that are read one by one, until they end or `stop` is called. */
export interface SourceOfMessages<Message> {
  next(): Promise<IteratorResult<Message>> | IteratorResult<Message>;
  /** Ends the source before its last message, and runs its clean-up, which may throw or reject. */
  stop(): unknown;
}

/** The part of a `Readable` that ends it: of Node, or of the package `readable-stream`. */
interface Destroyable {
  destroy(): unknown;
  once(event: 'error', listener: (error: Error) => void): unknown;
}

/** A web stream, as `fetch` returns it. */
type WebStream<Message> = Pick<ReadableStream<Message>, 'getReader'>;

const has = (value: unknown, method: string) =>
  typeof (value as Record<string, unknown> | null | undefined)?.[method] === 'function';
const isWebStream = <Message>(value: unknown): value is WebStream<Message> => has(value, 'getReader');
const isDestroyable = (value: unknown): value is Destroyable => has(value, 'destroy') && has(value, 'once');

/**
 * Makes a source from an iterable.
 *
 * `return()` of most iterators waits until the last read ends. A silent stream would never close. So streams are ended
 * directly.
 *
 * @param what the name of the messages in the error
 * @throws TypeError if `messages` is not iterable
 */
export function sourceOf<Message>(messages: Messages<Message>, what = 'messages'): SourceOfMessages<Message> {
  if (isWebStream<Message>(messages)) return sourceOfWebStream(messages);
  const iterator = iteratorOf(messages, what);
  return {
    next: () => awaited(iterator.next()),
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

type Read<Message> = ReturnType<SourceOfMessages<Message>['next']>;

/** Waits for a promise in a sync iterable, such as an array of promises, as `for await` does. */
function awaited<Message>(read: Read<Message>): Read<Message> {
  if (!('value' in read) || read.done || !has(read.value, 'then')) return read;
  const { value }: { value: unknown } = read;
  return Promise.resolve(value as Promise<Message>).then((message) => ({ done: false, value: message }));
}

function sourceOfWebStream<Message>(stream: WebStream<Message>): SourceOfMessages<Message> {
  const reader = stream.getReader();
  return {
    next: () => reader.read() as Promise<IteratorResult<Message>>,
    stop: () => reader.cancel(),
  };
}

/** Rejects if the stream fails while it closes. Without a listener such a failure would end the process. */
function destroyed(stream: Destroyable): Promise<void> {
  return new Promise((_, reject) => {
    stream.once('error', reject);
    stream.destroy();
  });
}
