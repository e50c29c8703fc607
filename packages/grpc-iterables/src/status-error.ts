import { Metadata, status } from '@grpc/grpc-js';

/**
 * The one error of this package: a gRPC status other than OK.
 *
 * Thrown by a server's handler it becomes the status of the call. On the client it is what every failed call
 * throws; `metadata` then holds the trailers.
 *
 * @example
 * throw new StatusError(status.OUT_OF_RANGE, '2 ** 64 does not fit int64');
 */
export class StatusError extends Error {
  override readonly name = 'StatusError';
  /** For machines: a code of https://grpc.io/docs/guides/status-codes/ */
  readonly code: status;
  /** For people: the same text as `message`. */
  readonly details: string;
  /** Trailers that travel with the status. */
  readonly metadata: Metadata;

  constructor(code: status, details: string, options: { metadata?: Metadata; cause?: unknown } = {}) {
    super(details, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.details = details;
    this.metadata = options.metadata ?? new Metadata();
  }
}

/**
 * The status that a handler's failure sends to the client.
 *
 * Only a StatusError speaks to the peer: the message of any other error may hold paths or secrets, and bare
 * grpc-js would send it (as UNKNOWN).
 */
export function statusOf(failure: unknown): StatusError {
  if (failure instanceof StatusError) return failure;
  return new StatusError(status.INTERNAL, 'internal error', { cause: failure });
}

/** What a call throws when its caller aborted `signal`; the signal's own reason is the `cause`. */
export function cancelledBy(signal: AbortSignal): StatusError {
  return new StatusError(status.CANCELLED, 'cancelled by the caller', { cause: signal.reason });
}
