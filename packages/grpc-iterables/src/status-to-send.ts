import { type Metadata, type StatusObject, status } from '@grpc/grpc-js';
import type { StatusError } from './status-error.ts';

/**
 * Most peers refuse a header list above 8 KiB and reset the stream then: the client would learn nothing.
 * Counted as HTTP/2 does, each field with 32 bytes of overhead (RFC 9113, 6.5.2).
 */
const HEADER_LIMIT = 8 * 1024;
const FIELD_OVERHEAD = 32;
const LONGEST_DETAILS = 1024;

function sizeOf(details: string, metadata: Metadata): number {
  let size = 'grpc-statusgrpc-message'.length + 2 * FIELD_OVERHEAD + encodeURI(details).length;
  for (const [name, values] of Object.entries(metadata.toHttp2Headers())) {
    for (const value of [values ?? ''].flat()) size += name.length + String(value).length + FIELD_OVERHEAD;
  }
  return size;
}

/**
 * The status as grpc-js takes it, made sure to arrive.
 *
 * grpc-js would throw on a lone surrogate in the text, out of reach of any `catch`. Trailers that are too large
 * are left out, and `report` is told: the code and the message matter more.
 */
export function statusToSend(error: StatusError, report: (error: Error) => void): Partial<StatusObject> {
  const details = error.details.toWellFormed();
  const size = sizeOf(details, error.metadata);
  if (size <= HEADER_LIMIT) return { code: error.code, details, metadata: error.metadata };
  report(
    new RangeError(
      `trailers of ${size} bytes exceed the limit of ${HEADER_LIMIT}; ` +
        `sent ${status[error.code]} without its metadata`,
      { cause: error },
    ),
  );
  return { code: error.code, details: details.slice(0, LONGEST_DETAILS).toWellFormed() };
}
