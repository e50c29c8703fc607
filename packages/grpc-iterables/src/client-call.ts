import type { EventEmitter } from 'node:events';
import * as grpc from '@grpc/grpc-js';
import type { CallOptions } from './client.ts';
import { cancelledBy, receivedError, type StatusError } from './status-error.ts';

// In milliseconds: the longest that a timer takes, 24.8 days. A grpc-js server takes a longer one for none at all.
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** With what `over` is aborted: without a reason, `abort` makes one, whose stack costs more than the rest of it. */
export const CALL_OVER = new Error('the call is over');

/** When the call has to end, in milliseconds since 1970; Infinity: never, or in more than 24 days. */
export function deadlineOf({ deadline, timeout }: CallOptions): number {
  const now = Date.now();
  const earliest = Math.min(
    deadline?.getTime() ?? Number.POSITIVE_INFINITY,
    timeout === undefined ? Number.POSITIVE_INFINITY : now + timeout,
  );
  return earliest - now > LONGEST_TIMEOUT ? Number.POSITIVE_INFINITY : earliest;
}

/** The headers and the deadline of a call, as grpc-js takes them. */
export function headersAndDeadline(options: CallOptions): [grpc.Metadata, grpc.CallOptions] {
  return [options.metadata ?? new grpc.Metadata(), { deadline: deadlineOf(options) }];
}

/** The status of a failed call as the error that its caller sees. */
export function failureOf(failed: grpc.StatusObject, signal: AbortSignal | undefined): StatusError {
  if (signal?.aborted && failed.code === grpc.status.CANCELLED) return cancelledBy(signal);
  return receivedError(failed);
}

/** Reports headers and trailers to the caller who asked for them. */
export function reportMetadata(call: EventEmitter, { onHeaders, onTrailers }: CallOptions): void {
  if (onHeaders) call.once('metadata', onHeaders);
  if (onTrailers) call.once('status', ({ metadata }: grpc.StatusObject) => onTrailers(metadata));
}

/** Calls `stop` when the caller aborts `signal`, unless the call is over. */
export function onAbort(signal: AbortSignal | undefined, over: AbortSignal, stop: () => void): void {
  if (!signal) return;
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  over.addEventListener('abort', () => signal.removeEventListener('abort', stop), { once: true });
}
