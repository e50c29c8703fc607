import type { ClientContext, MiddlewareCall } from 'grpc-iterables';

const marked = new WeakSet<object>();

/**
 * Requests that can be sent again: `make` is called for each attempt.
 *
 * @example
 * await client.upload(repeatable(() => createReadStream(path)));
 */
export function repeatable<Message>(
  make: () => AsyncIterable<Message> | Iterable<Message>,
): AsyncIterable<Message> {
  const requests = {
    async *[Symbol.asyncIterator]() {
      yield* make();
    },
  };
  marked.add(requests);
  return requests;
}

/**
 * The requests of a call in a form that can be sent again; undefined if there is none. Only arrays and the result of `repeatable`
 * can be read again: a generator or a stream can be read only once.
 */
export async function repeatableRequests({
  method,
  requests,
}: MiddlewareCall<ClientContext>): Promise<AsyncIterable<unknown> | undefined> {
  if (Array.isArray(requests) || marked.has(requests)) return requests;
  if (method.definition.requestStream) return undefined;
  const all: unknown[] = [];
  for await (const request of requests) all.push(request);
  return repeatable(() => all);
}
