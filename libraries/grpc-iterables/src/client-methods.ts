import * as grpc from '@grpc/grpc-js';
import type { CallOptions } from './call-options.ts';
import { ClientCall, type Method } from './client-call.ts';
import { calledMethod, joined, type Middleware, only, theOnly } from './middleware.ts';
import { type Messages, sourceOf } from './source-of-messages.ts';
import { startedByReading } from './started-by-reading.ts';
import type { IterableClient } from './types.ts';

/** The context of a client's middleware: the options of the call, with metadata to which it may add. */
export type ClientContext = CallOptions & { readonly metadata: grpc.Metadata };

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
  const call = joined(middleware, ({ context, requests }) =>
    startedByReading(() => {
      const source = requestsOf(requests, method);
      return new ClientCall(channel, method, context).sendAll(source);
    }),
  );

  function responses(input: unknown, options: CallOptions = {}): AsyncIterable<unknown> {
    const requests = method.requestStream ? (input as AsyncIterable<unknown>) : only(input);
    const metadata = options.metadata?.clone() ?? new grpc.Metadata();
    return call({ method: called, context: { ...options, metadata }, requests });
  }

  if (!method.responseStream) {
    return async (input: unknown, options?: CallOptions) => theOnly(responses(input, options), 'response');
  }
  return (input: unknown, options?: CallOptions) =>
    startedByReading(() => failingForGood(responses(input, options)[Symbol.asyncIterator]()));
}

/** A generator that failed ends normally when it is read again. A call that failed must not look complete, so it fails again. */
function failingForGood<Message>(iterator: AsyncIterator<Message>): AsyncIterator<Message> {
  let failed: Promise<never> | undefined;
  return {
    next() {
      return (
        failed ??
        iterator.next().catch((failure) => {
          failed = Promise.reject(failure);
          return failed;
        })
      );
    },
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
  };
}
