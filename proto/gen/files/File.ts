// Original file: file_transfer.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A file in the folder.
 */
export interface File {
  /**
   * Its name.
   */
  'name'?: (string);
  /**
   * Its length in bytes.
   */
  'size'?: (number | string | Long);
  /**
   * Changes whenever the content does. Compare it, but do not read anything from it.
   */
  'version'?: (string);
  /**
   * SHA-256 of the whole file, 32 bytes; empty for a file that was not uploaded through this service.
   */
  'sha256'?: (Buffer | Uint8Array | string);
  /**
   * When it was last written, in milliseconds since 1970.
   */
  'modifiedMs'?: (number | string | Long);
}

/**
 * A file in the folder.
 */
export interface File__Output {
  /**
   * Its name.
   */
  'name': (string);
  /**
   * Its length in bytes.
   */
  'size': (string);
  /**
   * Changes whenever the content does. Compare it, but do not read anything from it.
   */
  'version': (string);
  /**
   * SHA-256 of the whole file, 32 bytes; empty for a file that was not uploaded through this service.
   */
  'sha256': (Buffer);
  /**
   * When it was last written, in milliseconds since 1970.
   */
  'modifiedMs': (string);
}
