import * as grpc from '@grpc/grpc-js';
import { isDoubtful } from './doubtful-clients.ts';
import { bytesOfResponse, type Handler, handlersOf, responsesOf } from './handlers-of.ts';
import type { Middleware } from './middleware.ts';
import { receiveRequests } from './receive-requests.ts';
import { harmless, isNews, logError, lookedAt, type OnError } from './report.ts';
import { type Progress, sendMessages } from './send-messages.ts';
import {
  type AnyServerCall,
  type OpenCall,
  openCall,
  type ServerContext,
  type ServerLife,
} from './server-context.ts';
import { withMiddleware } from './server-middleware.ts';
import { statusOf } from './status-error.ts';
import { statusToSend, trailersToSend } from './status-to-send.ts';
import type { IterableHandlers } from './types.ts';

/**
 * A service definition with its handlers, for `serve` or for a grpc-js server of your own. Create that server with
 * `interceptors: [pipelineWrites]`, otherwise its streams are slow.
 */
export interface Service {
  readonly definition: grpc.ServiceDefinition;
  /** grpc-js handlers, for `server.addService(service.definition, service.implement())`. */
  implement(life?: ServerLife, middleware?: Middleware<ServerContext>[]): grpc.UntypedServiceImplementation;
}

// For a grpc-js server that `serve` did not start. It never ends calls at a shutdown, and does not know which connection broke.
const unknownLife: ServerLife = {
  shutdown: new AbortController().signal,
  connection: () => undefined,
  isOld: () => false,
};

/**
 * Joins a service definition and its handlers, which are plain functions (see `IterableHandler`).
 *
 * `Handlers` is the interface that a code generator wrote for grpc-js. A handler of the wrong kind or with the wrong messages
 * does not compile. If one is missing, or is not in the definition, this function throws a TypeError. The handlers may be the
 * methods of an instance of a class.
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
  const report = harmless('onError', onError);
  const byName = handlersOf(definition, handlers as object);
  return {
    definition: withBytes(definition),
    implement: (life = unknownLife, middleware = []) =>
      Object.fromEntries(
        Object.entries(definition).map(([name, method]) => {
          const reportHere = (error: unknown) => report(error, method.path);
          const handler = byName.get(name) as Handler;
          const handle =
            middleware.length > 0 ? withMiddleware(method, handler, middleware, reportHere) : handler;
          return [name, grpcHandler(method, handle, life, reportHere)];
        }),
      ),
  };
}

/**
 * Responses and streams of requests pass through grpc-js as bytes. So pipeline-writes.ts and receive-requests.ts can count how
 * many bytes wait, and `onError` gets the error of a message that cannot be serialized.
 */
function withBytes(definition: grpc.ServiceDefinition): grpc.ServiceDefinition {
  const same = (bytes: Buffer) => bytes;
  return Object.fromEntries(
    Object.entries(definition).map(([name, method]) => [
      name,
      { ...method, responseSerialize: same, ...(method.requestStream ? { requestDeserialize: same } : {}) },
    ]),
  );
}

type StreamCall = grpc.ServerWritableStream<unknown, unknown> | grpc.ServerDuplexStream<unknown, unknown>;

/** The ways to end a grpc-js call, the same for all four kinds. */
interface Reply {
  /** Ends the call at once. */
  refuse(status: Partial<grpc.StatusObject>): void;
  /** Ends it after the messages that were sent. */
  fail(status: Partial<grpc.StatusObject>): void;
  complete(response: unknown, trailers: grpc.Metadata): void;
}

/**
 * How long the status of a stream waits if the stream fails or is answered early, and the client may be grpc-js. In
 * milliseconds. If such a client reads responses together with the status, it drops the responses. If it cannot send its next
 * request because of the answer, it reports that as the failure of the call.
 */
const SETTLING = 100;

function grpcHandler(
  method: grpc.MethodDefinition<unknown, unknown>,
  handle: Handler,
  life: ServerLife,
  report: (error: unknown) => void,
): grpc.UntypedHandleCall {
  const { path, requestDeserialize, responseSerialize } = method;

  async function run(
    call: AnyServerCall,
    reply: Reply,
    respond: (open: OpenCall) => Promise<Buffer | undefined>,
  ): Promise<void> {
    const open = openCall(call, life, (error) => reply.refuse(statusToSend(error, report)));
    const { context, close } = open;
    if (open.aborted) return;
    try {
      const response = await respond(open);
      const trailers = trailersToSend(context.trailers, grpc.status.OK, report);
      if (close()) reply.complete(response, trailers);
    } catch (thrown) {
      const error = lookedAt(thrown);
      if (isNews(error, context.signal)) report(error);
      if (close()) reply.fail(statusToSend(statusOf(error), report));
    }
  }

  function stream(call: StreamCall, handled: (open: OpenCall) => unknown): Promise<void> {
    const progress = { begun: false };
    return run(call, streamReply(call, progress, settlingOf(call)), async (open) => {
      const responses = responsesOf(handled(open), path, report);
      await sendMessages(call, responses, open.context.signal, responseSerialize, progress, report);
      return undefined;
    });
  }

  const requestsOf = (call: Parameters<typeof receiveRequests>[0] & AnyServerCall, open: OpenCall) =>
    receiveRequests(call, open, requestDeserialize, isDoubtful(userAgentOf(call)));

  const unary: grpc.handleUnaryCall<unknown, unknown> = (call, callback) =>
    run(call, unaryReply(callback), async ({ context }) =>
      bytesOfResponse(await handle(call.request, context), method),
    );

  const clientStreaming: grpc.handleClientStreamingCall<unknown, unknown> = (call, callback) =>
    run(call, unaryReply(callback), async (open) =>
      bytesOfResponse(await handle(requestsOf(call, open), open.context), method),
    );

  const serverStreaming: grpc.handleServerStreamingCall<unknown, unknown> = (call) =>
    stream(call, ({ context }) => handle(call.request, context));

  const bidiStreaming: grpc.handleBidiStreamingCall<unknown, unknown> = (call) =>
    stream(call, (open) => handle(requestsOf(call, open), open.context));

  if (method.requestStream) return method.responseStream ? bidiStreaming : clientStreaming;
  return method.responseStream ? serverStreaming : unary;
}

const userAgentOf = (call: AnyServerCall) => String(call.metadata.get('user-agent')[0] ?? '');
const settlingOf = (call: AnyServerCall) => (isDoubtful(userAgentOf(call)) ? SETTLING : 0);

function unaryReply(callback: grpc.sendUnaryData<unknown>): Reply {
  return {
    refuse: (status) => callback(status),
    fail: (status) => callback(status),
    complete: (response, trailers) => callback(null, response, trailers),
  };
}

function streamReply(call: StreamCall, progress: Progress, settling: number): Reply {
  // Not destroy(error): that sends no status at all, and the client waits (grpc/grpc-node#1644).
  const refuse = (status: Partial<grpc.StatusObject>) => call.emit('error', status);
  const afterResponses = (wait: boolean, act: () => void) => {
    if (wait && settling > 0) setTimeout(act, settling);
    else act();
  };
  return {
    refuse,
    fail: (status) => afterResponses(progress.begun, () => refuse(status)),
    complete(_, trailers) {
      const early = 'readableEnded' in call && !call.readableEnded;
      afterResponses(early, () => call.end(trailers));
    },
  };
}
