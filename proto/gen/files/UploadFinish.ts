// Original file: file_transfer.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The end of the file.
 */
export interface UploadFinish {
  /**
   * Length of the whole file in bytes.
   */
  'size'?: (number | string | Long);
  /**
   * SHA-256 of the whole file, 32 bytes. If the server received other bytes, the call ends with
   * DATA_LOSS, and the server deletes the upload.
   */
  'sha256'?: (Buffer | Uint8Array | string);
}

/**
 * The end of the file.
 */
export interface UploadFinish__Output {
  /**
   * Length of the whole file in bytes.
   */
  'size': (string);
  /**
   * SHA-256 of the whole file, 32 bytes. If the server received other bytes, the call ends with
   * DATA_LOSS, and the server deletes the upload.
   */
  'sha256': (Buffer);
}
