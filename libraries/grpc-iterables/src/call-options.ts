import type * as grpc from '@grpc/grpc-js';

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
  /** Gets the response headers before the first response. What it throws, the call throws. */
  onHeaders?: ((headers: grpc.Metadata) => void) | undefined;
  /** Gets the trailers, whatever the status, before the call ends. What it throws, the call throws. */
  onTrailers?: ((trailers: grpc.Metadata) => void) | undefined;
}

/**
 * When the call has to end, in milliseconds since 1970; Infinity: never.
 *
 * @throws RangeError if the deadline or the timeout is not a time
 */
export function deadlineOf({ deadline, timeout }: CallOptions): number {
  const end = deadline?.getTime() ?? Number.POSITIVE_INFINITY;
  const period = timeout ?? Number.POSITIVE_INFINITY;
  if (Number.isNaN(end)) throw new RangeError('the deadline is an invalid Date');
  if (Number.isNaN(period)) throw new RangeError('the timeout is NaN; it has to be a number of milliseconds');
  return Math.min(end, Date.now() + period);
}
