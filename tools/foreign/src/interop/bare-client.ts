// grpc-js's own clients with the methods of `connect`, without grpc-iterables.
import { once } from 'node:events';
import * as grpc from '@grpc/grpc-js';
import type { CallOptions, IterableClient } from 'grpc-iterables';

type Method = grpc.MethodDefinition<unknown, unknown>;
type AnyCall = grpc.ClientUnaryCall | grpc.ClientReadableStream<unknown> | Sending;
type Sending = grpc.ClientWritableStream<unknown> | grpc.ClientDuplexStream<unknown, unknown>;

const limits = ({ timeout }: CallOptions): grpc.CallOptions =>
  timeout === undefined ? {} : { deadline: Date.now() + timeout };

function follow(call: AnyCall, { signal, onHeaders, onTrailers }: CallOptions) {
  if (signal?.aborted) call.cancel();
  signal?.addEventListener('abort', () => call.cancel());
  if (onHeaders) call.on('metadata', onHeaders);
  if (onTrailers) call.on('status', ({ metadata }: grpc.StatusObject) => onTrailers(metadata));
}

async function send(requests: AsyncIterable<unknown>, call: Sending): Promise<void> {
  for await (const request of requests) if (!call.write(request)) await once(call, 'drain');
  call.end();
}

function bareMethod(client: grpc.Client, method: Method) {
  const { path, requestSerialize, responseDeserialize } = method;

  const unary = (request: unknown, options: CallOptions = {}) =>
    new Promise((resolve, reject) => {
      const call = client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        options.metadata ?? new grpc.Metadata(),
        limits(options),
        (error, response) => (error ? reject(error) : resolve(response)),
      );
      follow(call, options);
    });

  const clientStreaming = (requests: AsyncIterable<unknown>, options: CallOptions = {}) =>
    new Promise((resolve, reject) => {
      const call = client.makeClientStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        options.metadata ?? new grpc.Metadata(),
        limits(options),
        (error, response) => (error ? reject(error) : resolve(response)),
      );
      follow(call, options);
      send(requests, call).catch((error) => call.destroy(error));
    });

  async function* serverStreaming(request: unknown, options: CallOptions = {}) {
    const { metadata = new grpc.Metadata() } = options;
    const call = client.makeServerStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      request,
      metadata,
      limits(options),
    );
    follow(call, options);
    yield* call;
  }

  async function* bidiStreaming(requests: AsyncIterable<unknown>, options: CallOptions = {}) {
    const { metadata = new grpc.Metadata() } = options;
    const call = client.makeBidiStreamRequest(
      path,
      requestSerialize,
      responseDeserialize,
      metadata,
      limits(options),
    );
    follow(call, options);
    send(requests, call).catch((error) => call.destroy(error));
    yield* call;
  }

  if (method.requestStream) return method.responseStream ? bidiStreaming : clientStreaming;
  return method.responseStream ? serverStreaming : unary;
}

/** The methods of a service, called through a grpc-js client. */
export function bareClient<Client extends grpc.Client>(
  client: grpc.Client,
  definition: grpc.ServiceDefinition,
): IterableClient<Client> {
  const methods = Object.entries(definition).map(
    ([name, method]) => [name, bareMethod(client, method)] as const,
  );
  return Object.fromEntries(methods) as unknown as IterableClient<Client>;
}
