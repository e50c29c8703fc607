import { Metadata, type StatusObject, status } from '@grpc/grpc-js';
import { FIELD_OVERHEAD, HEADER_LIMIT, whyNotSendable } from './sendable.ts';
import type { StatusError } from './status-error.ts';

const LONGEST_DETAILS = 1024;

/**
 * The trailers of a call that ends with `code`, made sure to arrive.
 *
 * Trailers that HTTP/2 refuses would end the process: grpc-js sends them out of reach of any `catch`. Trailers that
 * are too large would take the status with them. Both are left out, and `report` is told: the status matters more.
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

/** The status as grpc-js takes it, made sure to arrive: grpc-js would throw on a lone surrogate in the text. */
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
