import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { FileError, type FileErrorKind } from './file-error.ts';

/** What each failure is in gRPC. */
const CODES: Record<FileErrorKind, status> = {
  // The request is wrong, and stays wrong.
  invalid: status.INVALID_ARGUMENT,
  missing: status.NOT_FOUND,
  // Begin again: with this version it will not work any more.
  changed: status.FAILED_PRECONDITION,
  // Somebody else continues.
  'taken-over': status.ABORTED,
  beyond: status.OUT_OF_RANGE,
  full: status.RESOURCE_EXHAUSTED,
  corrupt: status.DATA_LOSS,
};

/** A FileError as the status that the client sees; everything else as it is, for the log of the server. */
export function refusal(error: unknown): unknown {
  return error instanceof FileError
    ? new StatusError(CODES[error.kind], error.message, { cause: error })
    : error;
}
