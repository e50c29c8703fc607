import { Metadata, type StatusObject, status } from '@grpc/grpc-js';

/**
 * A gRPC status other than OK, as an error.
 *
 * If a server's handler throws it, it becomes the status of the call. On the client every failed call throws it, with the
 * trailers in `metadata`.
 *
 * @throws TypeError or RangeError for a code that is not the status of a failure, details that are not text, or
 * metadata that is not `Metadata`, because such a status cannot be sent
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
    const { metadata = new Metadata() } = options;
    checkStatus(code, details, metadata);
    super(details, 'cause' in options ? { cause: options.cause } : {});
    this.code = code;
    this.details = details;
    this.metadata = metadata;
  }
}

/** @throws TypeError or RangeError for a status that cannot be sent */
export function checkStatus(code: unknown, details: unknown, metadata: unknown): void {
  checkFailure(code);
  if (typeof details !== 'string') {
    throw new TypeError(`the details of a status must be text, not ${described(details)}`);
  }
  if (!isMetadata(metadata)) {
    throw new TypeError(`the metadata of a status must be Metadata of grpc-js, not ${described(metadata)}`);
  }
}

const isFailure = (code: unknown) =>
  Number.isInteger(code) && code !== status.OK && status[code as number] !== undefined;

function checkFailure(code: unknown): void {
  if (isFailure(code)) return;
  const rule = 'a StatusError needs the code of a failure, such as status.NOT_FOUND';
  if (typeof code !== 'number') throw new TypeError(`${rule}, not ${described(code)}`);
  throw new RangeError(code === status.OK ? `${rule}; OK is not one` : `${rule}; there is no status ${code}`);
}

/** `instanceof` would refuse the metadata of another copy of grpc-js. */
function isMetadata(value: unknown): value is Metadata {
  const { toHttp2Headers, toJSON, clone } = Object(value);
  return [toHttp2Headers, toJSON, clone].every((method) => typeof method === 'function');
}

const described = (value: unknown) =>
  typeof value === 'string'
    ? `the text "${value}"`
    : value === null
      ? 'null'
      : `a value of type ${typeof value}`;

/** A failure that came over the wire. A code that gRPC does not know counts as UNKNOWN, as gRPC says. */
export function receivedError({ code, details, metadata }: StatusObject): StatusError {
  return new StatusError(isFailure(code) ? code : status.UNKNOWN, details, { metadata });
}

/**
 * The status that a handler's failure sends to the client.
 *
 * Only a StatusError is sent with its text. The message of any other error may contain paths or secrets. (grpc-js alone would
 * send it as UNKNOWN.)
 */
export function statusOf(failure: unknown): StatusError {
  if (failure instanceof StatusError) return failure;
  return new StatusError(status.INTERNAL, 'internal error', { cause: failure });
}

/** The error of a call whose caller aborted `signal`. The signal's own reason is the `cause`. */
export function cancelledBy(signal: AbortSignal): StatusError {
  return new StatusError(status.CANCELLED, 'cancelled by the caller', { cause: signal.reason });
}
