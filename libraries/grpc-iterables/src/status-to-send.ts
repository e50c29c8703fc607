import { Metadata, type StatusObject, status } from '@grpc/grpc-js';
import { FIELD_OVERHEAD, HEADER_LIMIT, whyNotSendable } from './sendable.ts';
import type { StatusError } from './status-error.ts';

const LONGEST_DETAILS = 1024;

/**
 * The trailers of a call that ends with `code`, if they can be sent.
 *
 * Trailers that HTTP/2 refuses would end the process, because grpc-js sends them where no `catch` can handle the error. If
 * trailers are too large, the client refuses them together with the status. Both are left out, and `report` gets an error,
 * because the status is more important.
 */
export function trailersToSend(
  trailers: Metadata,
  code: status,
  report: (error: Error) => void,
  others = 0,
): Metadata {
  const why = whyNotSendable(trailers, others);
  if (why === undefined) return trailers;
  report(new RangeError(`trailers ${why}; sent ${status[code]} without them`));
  return new Metadata();
}

/** The status for grpc-js, in a form that can be sent: grpc-js would throw for half of a character in the text. */
export function statusToSend(error: StatusError, report: (error: Error) => void): Partial<StatusObject> {
  const wellFormed = error.details.toWellFormed();
  const sizeOf = (text: string) => encodeURI(text).length + FIELD_OVERHEAD;
  const details =
    sizeOf(wellFormed) <= HEADER_LIMIT / 2 ? wellFormed : wellFormed.slice(0, LONGEST_DETAILS).toWellFormed();
  return {
    code: error.code,
    details,
    metadata: trailersToSend(error.metadata, error.code, report, sizeOf(details)),
  };
}
