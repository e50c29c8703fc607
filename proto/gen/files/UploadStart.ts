// Original file: file_transfer.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Names an upload and its file.
 */
export interface UploadStart {
  /**
   * The client chooses it: 8 to 64 letters, digits, - or _. It is the same for each attempt. It should be
   * hard to guess, because every client that knows it can continue the upload.
   */
  'uploadId'?: (string);
  /**
   * The name of the file: 1 to 255 bytes, without a path.
   */
  'name'?: (string);
  /**
   * Length of the file in bytes, if it is known. The server then refuses a file that is too large at once.
   */
  'size'?: (number | string | Long);
  '_size'?: "size";
}

/**
 * Names an upload and its file.
 */
export interface UploadStart__Output {
  /**
   * The client chooses it: 8 to 64 letters, digits, - or _. It is the same for each attempt. It should be
   * hard to guess, because every client that knows it can continue the upload.
   */
  'uploadId': (string);
  /**
   * The name of the file: 1 to 255 bytes, without a path.
   */
  'name': (string);
  /**
   * Length of the file in bytes, if it is known. The server then refuses a file that is too large at once.
   */
  'size'?: (string);
  '_size'?: "size";
}
