import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';

export type Side = 'server' | 'client';

/** How a call ended, and what ended it, if that was a failure. */
export interface Ending {
  readonly code: status;
  readonly error?: unknown;
}

// Failures that the client did not cause. From OpenTelemetry's conventions for gRPC (https://opentelemetry.io/docs/specs/semconv/rpc/grpc/).
const SERVER_ERRORS: ReadonlySet<status> = new Set([
  status.UNKNOWN,
  status.DEADLINE_EXCEEDED,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.UNAVAILABLE,
  status.DATA_LOSS,
]);

/** Whether a span of this side counts as failed: each failure on the client, the server's own ones on the server. */
export function isError(side: Side, { code }: Ending): boolean {
  return side === 'server' ? SERVER_ERRORS.has(code) : code !== status.OK;
}

/** What `error` means as the end of a call: on the server what the client gets, on the client what the server learned. */
export function failed(side: Side, error: unknown): Ending {
  if (error instanceof StatusError) return { code: error.code, error };
  // A client whose own code throws has cancelled.
  return { code: side === 'server' ? status.INTERNAL : status.CANCELLED, error };
}

/** The end of a call whose responses are not read to their end, without a failure. */
export function abandoned(side: Side, signal: AbortSignal | undefined): Ending {
  if (signal?.aborted) return failed(side, signal.reason);
  // The client left its loop. A server stops a handler without a cancel only if a response cannot be sent.
  return { code: side === 'client' ? status.CANCELLED : status.INTERNAL };
}
