import type * as grpc from '@grpc/grpc-js';
import { receiveRequests } from './receive-requests.ts';
import { type Messages, type Progress, sendMessages } from './send-messages.ts';
import { type AnyServerCall, openCall, type ServerContext, type ServerLife } from './server-context.ts';
import { StatusError, statusOf } from './status-error.ts';
import { statusToSend } from './status-to-send.ts';
import type { IterableHandlers } from './types.ts';

/**
 * A service definition with its handlers: give it to `serve`, or to a grpc-js server of your own, which needs
 * `interceptors: [pipelineWrites]` to be as fast.
 */
export interface Service {
  readonly definition: grpc.ServiceDefinition;
  /** grpc-js handlers, for `server.addService(service.definition, service.implement())`. */
  implement(life?: ServerLife): grpc.UntypedServiceImplementation;
}

/** Told of every failure that the client must not see: its text may hold paths or secrets. */
export type OnError = (error: unknown, path: string) => void;

const logError: OnError = (error, path) => console.error(`${path}:`, error);
// A grpc-js server that `serve` did not start: it never tells its calls to end, nor which connection broke.
const unknownLife: ServerLife = { shutdown: new AbortController().signal, connection: () => undefined };

/**
 * Joins a service definition and its handlers, written as plain functions (see `IterableHandler`).
 *
 * `Handlers` is the interface that a code generator wrote for grpc-js. A handler of the wrong kind or with the
 * wrong messages does not compile; a missing one, or one too many, throws a TypeError here.
 *
 * @example
 * const service = defineService<ServerStreamHandlers>(ServerStream.service, {
 *   async *Pow({ number }) { yield { number }; },
 * });
 */
export function defineService<Handlers>(
  definition: grpc.ServiceDefinition,
  handlers: IterableHandlers<Handlers>,
  { onError = logError }: { onError?: OnError } = {},
): Service {
  const byName = new Map<string, Handler>(Object.entries(handlers));
  const unknown = [...byName.keys()].find((name) => !(name in definition));
  if (unknown !== undefined) throw new TypeError(`no method ${unknown} in the service definition`);

  return {
    definition: withSerializedResponses(definition),
    implement: (life = unknownLife) =>
      Object.fromEntries(
        Object.entries(definition).map(([name, method]) => {
          const handler = byName.get(name);
          if (!handler) throw new TypeError(`no handler for ${method.path}`);
          return [name, grpcHandler(method, handler.bind(handlers), life, onError)];
        }),
      ),
  };
}

/** Streams of responses reach grpc-js as bytes: only of bytes is it known how much waits (see pipeline-writes.ts). */
function withSerializedResponses(definition: grpc.ServiceDefinition): grpc.ServiceDefinition {
  return Object.fromEntries(
    Object.entries(definition).map(([name, method]) => [
      name,
      method.responseStream ? { ...method, responseSerialize: (bytes: Buffer) => bytes } : method,
    ]),
  );
}

// The generated types have checked what goes in and out; from here on the definition says which kind it is.
type Handler = (input: never, context: ServerContext) => unknown;

type StreamCall = grpc.ServerWritableStream<unknown, unknown> | grpc.ServerDuplexStream<unknown, unknown>;

/** The ways in which grpc-js lets a handler answer, the same for all four kinds of call. */
interface Reply {
  /** Ends the call at once. */
  refuse(status: Partial<grpc.StatusObject>): void;
  /** Ends it after what has been sent. */
  fail(status: Partial<grpc.StatusObject>): void;
  complete(response: unknown, trailers: grpc.Metadata): void;
}

/**
 * The status of a stream that fails, or is answered early, waits this long for the responses before it: a grpc-js
 * client that reads both at once drops responses for the status, or takes its own next request, which can't be sent
 * any more, for the failure of the call.
 */
const SETTLING = 100;

function grpcHandler(
  method: grpc.MethodDefinition<unknown, unknown>,
  handler: Handler,
  life: ServerLife,
  onError: OnError,
): grpc.UntypedHandleCall {
  const handle = handler as (input: unknown, context: ServerContext) => unknown;

  async function run(
    call: AnyServerCall,
    reply: Reply,
    respond: (context: ServerContext) => Promise<unknown>,
  ): Promise<void> {
    const report = (error: unknown) => onError(error, method.path);
    const refuse = (error: StatusError) => reply.refuse(statusToSend(error, report));
    const { context, close } = openCall(call, life, refuse);
    try {
      const response = await respond(context);
      if (close()) reply.complete(response, context.trailers);
    } catch (error) {
      if (!(error instanceof StatusError) && !isAbort(error, context.signal)) report(error);
      if (close()) reply.fail(statusToSend(statusOf(error), report));
    }
  }

  function stream(call: StreamCall, handled: (context: ServerContext) => unknown): Promise<void> {
    const progress = { begun: false };
    return run(call, streamReply(call, progress), async (context) =>
      sendMessages(
        call,
        handled(context) as Messages<unknown>,
        context.signal,
        method.responseSerialize,
        progress,
      ),
    );
  }

  const unary: grpc.handleUnaryCall<unknown, unknown> = (call, callback) =>
    run(call, unaryReply(callback), async (context) => handle(call.request, context));

  const clientStreaming: grpc.handleClientStreamingCall<unknown, unknown> = (call, callback) =>
    run(call, unaryReply(callback), async (context) =>
      handle(receiveRequests(call, context.signal), context),
    );

  const serverStreaming: grpc.handleServerStreamingCall<unknown, unknown> = (call) =>
    stream(call, (context) => handle(call.request, context));

  const bidiStreaming: grpc.handleBidiStreamingCall<unknown, unknown> = (call) =>
    stream(call, (context) => handle(receiveRequests(call, context.signal), context));

  if (method.requestStream) return method.responseStream ? bidiStreaming : clientStreaming;
  return method.responseStream ? serverStreaming : unary;
}

function unaryReply(callback: grpc.sendUnaryData<unknown>): Reply {
  return {
    refuse: (status) => callback(status),
    fail: (status) => callback(status),
    complete: (response, trailers) => callback(null, response, trailers),
  };
}

function streamReply(call: StreamCall, progress: Progress): Reply {
  // Not destroy(error): that sends no status at all, and the client waits (grpc/grpc-node#1644).
  const refuse = (status: Partial<grpc.StatusObject>) => call.emit('error', status);
  return {
    refuse,
    fail: (status) => setTimeout(refuse, progress.begun ? SETTLING : 0, status),
    complete(_, trailers) {
      const early = 'readableEnded' in call && !call.readableEnded;
      if (early) setTimeout(() => call.end(trailers), SETTLING);
      else call.end(trailers);
    },
  };
}

/** What a handler throws because its call was aborted says nothing new. */
function isAbort(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && error instanceof Error && error.name === 'AbortError';
}
