import { inspect } from 'node:util';
import type * as grpc from '@grpc/grpc-js';

// #region options
/** Options of every call. By default none of them is set. */
export interface CallOptions {
  /** When this signal aborts, the call is cancelled on both sides, and it throws CANCELLED. */
  signal?: AbortSignal | undefined;
  /** The moment at which the call fails with DEADLINE_EXCEEDED. The server gets the deadline, too. */
  deadline?: Date | undefined;
  /** The deadline as milliseconds from the start of the call. If both are set, the earlier one applies. */
  timeout?: number | undefined;
  /** Request headers. */
  metadata?: grpc.Metadata | undefined;
  /** Gets the response headers before the first response. If it throws, the call fails with that error. */
  onHeaders?: ((headers: grpc.Metadata) => void) | undefined;
  /** Gets the trailers before the call ends, whatever the status is. If it throws, the call fails with that error. */
  onTrailers?: ((trailers: grpc.Metadata) => void) | undefined;
}
// #endregion options

/**
 * When the call has to end, in milliseconds since 1970; Infinity: never.
 *
 * @throws RangeError if the deadline or the timeout is not a time
 */
export function deadlineOf({ deadline, timeout }: CallOptions): number {
  const end = deadline === undefined ? Number.POSITIVE_INFINITY : timeOf(deadline);
  const period = timeout ?? Number.POSITIVE_INFINITY;
  // A text, from a variable of the environment for example, would be joined to the time and mean the far future.
  if (typeof period !== 'number' || Number.isNaN(period))
    throw new RangeError(`the timeout is ${inspect(period)}; it must be a number of milliseconds`);
  return Math.min(end, Date.now() + period);
}

/** Clients of grpc-js take a number as well, so one may come here from there. */
function timeOf(deadline: Date): number {
  const time = deadline instanceof Date ? deadline.getTime() : Number.NaN;
  if (Number.isNaN(time)) throw new RangeError(`the deadline is ${deadline}; it must be a valid Date`);
  return time;
}
