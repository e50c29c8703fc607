import type { EventEmitter } from 'node:events';
import * as grpc from '@grpc/grpc-js';
import type { CallOptions } from './client.ts';
import { type Messages, sendMessages } from './send-messages.ts';
import { cancelledBy, StatusError } from './status-error.ts';

/** The headers and the deadline of a call, as grpc-js takes them. */
export function headersAndDeadline(options: CallOptions): [grpc.Metadata, grpc.CallOptions] {
  const { metadata = new grpc.Metadata(), deadline, timeout } = options;
  const earliest = Math.min(
    deadline?.getTime() ?? Number.POSITIVE_INFINITY,
    timeout === undefined ? Number.POSITIVE_INFINITY : Date.now() + timeout,
  );
  return [metadata, { deadline: earliest }];
}

/** The status of a failed call as the error that its caller sees. */
export function failureOf(failed: grpc.StatusObject, signal: AbortSignal | undefined): StatusError {
  if (signal?.aborted && failed.code === grpc.status.CANCELLED) return cancelledBy(signal);
  return new StatusError(failed.code, failed.details, { metadata: failed.metadata });
}

/** Ties a call to what its caller asked for: it is cancelled by `signal`, and reports headers and trailers. */
export function tie(
  call: EventEmitter & { cancel(): void },
  { signal, onHeaders, onTrailers }: CallOptions,
  over: AbortSignal,
): void {
  if (onHeaders) call.once('metadata', onHeaders);
  if (onTrailers) call.once('status', ({ metadata }: grpc.StatusObject) => onTrailers(metadata));
  if (!signal) return;
  const cancel = () => call.cancel();
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  over.addEventListener('abort', () => signal.removeEventListener('abort', cancel), { once: true });
}

/**
 * Sends the requests and half-closes.
 *
 * If `requests` throws, the call is cancelled, for half-closing would make the part that was sent look
 * complete; `failed` gets the error. Stops when the call is over, and an early answer ends it like that too.
 */
export function sendRequests(
  call: grpc.ClientWritableStream<unknown>,
  requests: Messages<unknown>,
  over: AbortSignal,
  failed: (error: Error) => void,
): void {
  sendMessages(call, requests, over).then(
    () => call.end(),
    (error) => {
      if (over.aborted) return;
      failed(error);
      call.cancel();
    },
  );
}
