/** The codes of gRPC that this package uses (https://grpc.io/docs/guides/status-codes). */
export const status = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  RESOURCE_EXHAUSTED: 8,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
} as const;

/** The status of a call that failed. */
export class GrpcError extends Error {
  /** A number from `status`, or another number that the peer sent. */
  readonly code: number;
  /** For people. It is sent to the peer. */
  readonly details: string;

  constructor(code: number, details: string) {
    super(details);
    this.name = 'GrpcError';
    this.code = code;
    this.details = details;
  }
}

/** The error that the peer gets: a GrpcError as it is, and INTERNAL without a text for any other error. */
export function toGrpcError(error: unknown): GrpcError {
  return error instanceof GrpcError ? error : new GrpcError(status.INTERNAL, 'internal error');
}
