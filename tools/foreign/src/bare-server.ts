// A server on grpc-js alone, used as its documentation and that of Node's streams say.
import { once } from 'node:events';
import * as grpc from '@grpc/grpc-js';

/** What a handler of grpc-js knows about its call. */
export interface BareContext {
  readonly metadata: grpc.Metadata;
  readonly trailers: grpc.Metadata;
  sendHeaders(metadata: grpc.Metadata): void;
  /** grpc-js's flag: whether grpc-js knows that the call was cancelled. */
  cancelled(): boolean;
}

/** A handler of any kind: messages in and out as async iterables. */
export type BareHandler = (input: never, context: BareContext) => Promise<unknown> | AsyncIterable<unknown>;

type AnyCall = grpc.ServerUnaryCall<unknown, unknown> &
  grpc.ServerReadableStream<unknown, unknown> &
  grpc.ServerDuplexStream<unknown, unknown>;
type Respondable = grpc.ServerWritableStream<unknown, unknown> | grpc.ServerDuplexStream<unknown, unknown>;
type RunningHandler = (input: unknown, context: BareContext) => unknown;

function contextOf(call: AnyCall): BareContext {
  return {
    metadata: call.metadata,
    trailers: new grpc.Metadata(),
    sendHeaders: (metadata) => call.sendMetadata(metadata),
    cancelled: () => call.cancelled,
  };
}

async function answer(
  response: Promise<unknown>,
  trailers: grpc.Metadata,
  callback: grpc.sendUnaryData<unknown>,
) {
  try {
    callback(null, await response, trailers);
  } catch (error) {
    callback(error as grpc.ServiceError);
  }
}

/** Waits for `drain` as the documentation of streams says, and at the end calls `end` or reports the error. */
async function respond(call: Respondable, responses: AsyncIterable<unknown>, trailers: grpc.Metadata) {
  try {
    for await (const response of responses) if (!call.write(response)) await once(call, 'drain');
    call.end(trailers);
  } catch (error) {
    call.emit('error', error);
  }
}

function implementation(
  { requestStream, responseStream }: grpc.MethodDefinition<unknown, unknown>,
  handler: RunningHandler,
) {
  return (call: AnyCall, callback: grpc.sendUnaryData<unknown>) => {
    const context = contextOf(call);
    // A plain `for await` would destroy the call with its last request (grpc/grpc-node#1839).
    const requests = () => (responseStream ? call.iterator({ destroyOnReturn: false }) : call);
    const result = handler(requestStream ? requests() : call.request, context);
    if (responseStream) void respond(call, result as AsyncIterable<unknown>, context.trailers);
    else void answer(result as Promise<unknown>, context.trailers, callback);
  };
}

/** Serves these handlers, by the names of their methods, on a free port. */
export async function serveBare(
  definition: grpc.ServiceDefinition,
  handlers: Record<string, BareHandler>,
): Promise<{ server: grpc.Server; address: string }> {
  const server = new grpc.Server();
  const methods = Object.entries(handlers).map(([name, handler]) => {
    const method = definition[name];
    if (!method) throw new Error(`the service has no method ${name}`);
    return [name, implementation(method, handler as RunningHandler)] as const;
  });
  const untyped: unknown = Object.fromEntries(methods);
  server.addService(definition, untyped as grpc.UntypedServiceImplementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return { server, address: `127.0.0.1:${port}` };
}
