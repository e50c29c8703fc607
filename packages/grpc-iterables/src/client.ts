import type * as grpc from '@grpc/grpc-js';
import { CALL_OVER, failureOf, headersAndDeadline, onAbort, reportMetadata } from './client-call.ts';
import { isWriteAfterAnswer, remembered } from './early-answer.ts';
import { measured, receiveResponses } from './receive-responses.ts';
import type { Messages } from './send-messages.ts';
import { headersWithDeadline, readableOrNot, sendRequests } from './send-requests.ts';
import { startedByReading } from './started-by-reading.ts';
import type { StatusError } from './status-error.ts';
import type { IterableClient } from './types.ts';

/** What every call takes. */
export interface CallOptions {
  /** Abort it and the call is cancelled, on the wire too, and throws CANCELLED. */
  signal?: AbortSignal | undefined;
  /** When to give up with DEADLINE_EXCEEDED; the server is told. */
  deadline?: Date | undefined;
  /** The same, counted from the start of the call, in milliseconds. With both, the earlier counts. */
  timeout?: number | undefined;
  /** Request headers. */
  metadata?: grpc.Metadata | undefined;
  /** Gets the response headers before the first response. */
  onHeaders?: ((headers: grpc.Metadata) => void) | undefined;
  /** Gets the trailers, whatever the status, before the call ends. */
  onTrailers?: ((trailers: grpc.Metadata) => void) | undefined;
}

/**
 * Channel options for clients that stream.
 *
 * By default grpc-js copies the first MiB of every request stream into a buffer for retries. There it does
 * not hold the writer back, and past it every message copies what is left of the buffer: 200,000 tiny
 * messages take a minute instead of a second. Nor is it known of a message in the buffer whether it was sent,
 * which a cancel has to know (see send-requests.ts). Without the buffer nothing is sent twice: a call that fails
 * is the caller's to repeat.
 */
export const streamingChannelOptions: grpc.ChannelOptions = { 'grpc.per_rpc_retry_buffer_size': 0 };

/**
 * A grpc-js client whose calls are async iterables and promises.
 *
 * | call | method |
 * | --- | --- |
 * | unary | `(request, options?) => Promise<response>` |
 * | server streaming | `(request, options?) => AsyncIterableIterator<response>` |
 * | client streaming | `(requests, options?) => Promise<response>` |
 * | bidirectional | `(requests, options?) => AsyncIterableIterator<response>` |
 *
 * A stream of responses starts with its first read, and leaving its loop cancels the call. Every failure is
 * a StatusError, but for one: what the caller's own `requests` throw comes back as it is. The client stays
 * the caller's: close it.
 *
 * @param client any generated grpc-js client
 * @param definition its service (`Client.service`), which says of which kind each method is
 */
export function iterableClient<Client extends grpc.Client>(
  client: Client,
  definition: grpc.ServiceDefinition,
): IterableClient<Client> {
  const methods: Record<string, unknown> = {};
  for (const [name, method] of Object.entries(definition)) {
    methods[name] = iterableMethod(client, method);
    if (method.originalName) methods[method.originalName] = methods[name];
  }
  return methods as IterableClient<Client>;
}

type Method = grpc.MethodDefinition<unknown, unknown>;

function iterableMethod(client: grpc.Client, method: Method) {
  const { path, requestSerialize, responseDeserialize } = method;

  /** The callback of a call with one response. */
  function settle(
    { signal }: CallOptions,
    over: AbortController | undefined,
    resolve: (response: unknown) => void,
    reject: (failure: StatusError) => void,
  ): grpc.requestCallback<unknown> {
    return (error, response) => {
      over?.abort(CALL_OVER);
      if (error) reject(failureOf(error, signal));
      else resolve(response);
    };
  }

  const unary = (request: unknown, options: CallOptions = {}) =>
    new Promise((resolve, reject) => {
      const over = options.signal && new AbortController();
      const call = client.makeUnaryRequest(
        path,
        requestSerialize,
        responseDeserialize,
        request,
        ...headersAndDeadline(options),
        settle(options, over, resolve, reject),
      );
      reportMetadata(call, options);
      if (over) onAbort(options.signal, over.signal, () => call.cancel());
    });

  const clientStreaming = (requests: Messages<unknown>, options: CallOptions = {}) =>
    new Promise((resolve, reject) => {
      const over = new AbortController();
      const answer = remembered(responseDeserialize);
      const call = client.makeClientStreamRequest(
        path,
        readableOrNot(requestSerialize),
        answer.deserialize,
        headersWithDeadline(options),
        settle(options, over, resolve, (failure) => {
          if (isWriteAfterAnswer(failure) && answer.received) resolve(answer.received.response);
          else reject(failure);
        }),
      );
      reportMetadata(call, options);
      sendRequests(call, requests, options, over, reject);
    });

  const serverStreaming = (request: unknown, options: CallOptions = {}) =>
    startedByReading(() => {
      const { deserialize, sizes } = measured(responseDeserialize);
      const call = client.makeServerStreamRequest(
        path,
        requestSerialize,
        deserialize,
        request,
        ...headersAndDeadline(options),
      );
      reportMetadata(call, options);
      const over = new AbortController();
      const cancel = () => call.cancel();
      onAbort(options.signal, over.signal, cancel);
      return receiveResponses(call, sizes, options.signal, over, cancel);
    });

  const bidiStreaming = (requests: Messages<unknown>, options: CallOptions = {}) =>
    startedByReading(() => {
      const { deserialize, sizes } = measured(responseDeserialize);
      const call = client.makeBidiStreamRequest(
        path,
        readableOrNot(requestSerialize),
        deserialize,
        headersWithDeadline(options),
      );
      reportMetadata(call, options);
      const over = new AbortController();
      const responses = receiveResponses(call, sizes, options.signal, over, () => leave());
      const leave = sendRequests(call, requests, options, over, responses.abort);
      return responses;
    });

  if (method.requestStream) return method.responseStream ? bidiStreaming : clientStreaming;
  return method.responseStream ? serverStreaming : unary;
}
