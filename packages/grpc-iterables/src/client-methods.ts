import type * as grpc from '@grpc/grpc-js';
import type { CallOptions } from './call-options.ts';
import { ClientCall, type Method } from './client-call.ts';
import { sourceOf } from './message-source.ts';
import type { Messages } from './send-messages.ts';
import { startedByReading } from './started-by-reading.ts';
import type { IterableClient } from './types.ts';

/** The methods of a service as functions that call it through `channel`, under both of their names. */
export function clientMethods<Client extends grpc.Client>(
  channel: grpc.ChannelInterface,
  definition: grpc.ServiceDefinition,
): IterableClient<Client> {
  const methods: Record<string, unknown> = {};
  for (const [name, method] of Object.entries(definition)) {
    methods[name] = clientMethod(channel, method);
    if (method.originalName) methods[method.originalName] = methods[name];
  }
  return methods as IterableClient<Client>;
}

function clientMethod(channel: grpc.ChannelInterface, method: Method) {
  const open = (options: CallOptions) => new ClientCall(channel, method, options);
  const source = (requests: Messages<unknown>) => sourceOf(requests, `the requests of ${method.path}`);

  const unary = async (request: unknown, options: CallOptions = {}) =>
    open(options).sendOne(request).response();

  const clientStreaming = async (requests: Messages<unknown>, options: CallOptions = {}) => {
    const messages = source(requests);
    return open(options).sendAll(messages).response();
  };

  const serverStreaming = (request: unknown, options: CallOptions = {}) =>
    startedByReading(() => open(options).sendOne(request));

  const bidiStreaming = (requests: Messages<unknown>, options: CallOptions = {}) =>
    startedByReading(() => {
      const messages = source(requests);
      return open(options).sendAll(messages);
    });

  if (method.requestStream) return method.responseStream ? bidiStreaming : clientStreaming;
  return method.responseStream ? serverStreaming : unary;
}
