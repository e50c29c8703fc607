import * as grpc from '@grpc/grpc-js';
import type { CallOptions } from './call-options.ts';
import { ClientCall, type Method } from './client-call.ts';
import { calledMethod, joined, type Middleware, only, theOnly } from './middleware.ts';
import { type Messages, sourceOf } from './source-of-messages.ts';
import { startedByReading } from './started-by-reading.ts';
import type { IterableClient } from './types.ts';

/** The context of a client's middleware: the options of the call, with metadata to which it may add. */
export type ClientContext = CallOptions & { readonly metadata: grpc.Metadata };

const DONE = { done: true, value: undefined } as const;

/** The methods of a service as functions that call it through `channel`, under both of their names. */
export function clientMethods<Client extends grpc.Client>(
  channel: grpc.ChannelInterface,
  definition: grpc.ServiceDefinition,
  middleware: Middleware<ClientContext>[] = [],
): IterableClient<Client> {
  const methods: Record<string, unknown> = {};
  for (const [name, method] of Object.entries(definition)) {
    methods[name] =
      middleware.length > 0 ? throughMiddleware(channel, method, middleware) : clientMethod(channel, method);
    if (method.originalName) methods[method.originalName] = methods[name];
  }
  return methods as IterableClient<Client>;
}

const requestsOf = (requests: Messages<unknown>, { path }: Method) =>
  sourceOf(requests, `the requests of ${path}`);

function clientMethod(channel: grpc.ChannelInterface, method: Method) {
  const open = (options: CallOptions) => new ClientCall(channel, method, options);

  const unary = async (request: unknown, options: CallOptions = {}) =>
    open(options).sendOne(request).response();

  const clientStreaming = async (requests: Messages<unknown>, options: CallOptions = {}) => {
    const source = requestsOf(requests, method);
    return open(options).sendAll(source).response();
  };

  const serverStreaming = (request: unknown, options: CallOptions = {}) =>
    startedByReading(() => open(options).sendOne(request));

  const bidiStreaming = (requests: Messages<unknown>, options: CallOptions = {}) =>
    startedByReading(() => {
      const source = requestsOf(requests, method);
      return open(options).sendAll(source);
    });

  if (method.requestStream) return method.responseStream ? bidiStreaming : clientStreaming;
  return method.responseStream ? serverStreaming : unary;
}

/** The same with middleware around each call. Middleware sees the same form for all kinds. */
function throughMiddleware(
  channel: grpc.ChannelInterface,
  method: Method,
  middleware: Middleware<ClientContext>[],
) {
  const called = calledMethod(method);
  const around = joined(middleware);

  function responses(input: unknown, options: CallOptions, left?: AbortSignal): AsyncIterable<unknown> {
    const call = around(({ context, requests }) =>
      startedByReading(() => {
        const source = requestsOf(requests, method);
        return new ClientCall(channel, method, context, left).sendAll(source);
      }),
    );
    const requests = method.requestStream ? (input as AsyncIterable<unknown>) : only(input);
    const metadata = options.metadata?.clone() ?? new grpc.Metadata();
    return call({ method: called, context: { ...options, metadata }, requests });
  }

  if (!method.responseStream) {
    return async (input: unknown, options: CallOptions = {}) =>
      theOnly(responses(input, options), 'response');
  }
  return (input: unknown, options: CallOptions = {}) =>
    startedByReading(() => {
      const left = new AbortController();
      return endingOnce(responses(input, options, left.signal)[Symbol.asyncIterator](), left);
    });
}

/**
 * Corrects two things in which a generator of middleware differs from a call. A generator that failed ends normally when it is
 * read again. But a call that failed must not look complete, so it fails again. And `return()` of a generator waits for the read
 * that waits. But the call may be silent, so it is cancelled.
 *
 * @param left cancels the call
 */
function endingOnce<Message>(
  iterator: AsyncIterator<Message>,
  left: AbortController,
): AsyncIterator<Message> {
  let failed: Promise<never> | undefined;
  let reading = 0;
  async function read(): Promise<IteratorResult<Message>> {
    reading++;
    try {
      return await iterator.next();
    } catch (failure) {
      if (left.signal.aborted) return DONE;
      failed = Promise.reject(failure);
      return failed;
    } finally {
      reading--;
    }
  }
  return {
    next: () => failed ?? read(),
    async return() {
      if (reading > 0) left.abort();
      return (await iterator.return?.()) ?? DONE;
    },
  };
}
