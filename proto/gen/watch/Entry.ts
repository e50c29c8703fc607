// Original file: watch.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A key and its value.
 */
export interface Entry {
  /**
   * 1 to 512 bytes, without control characters.
   */
  'key'?: (string);
  /**
   * At most 256 KiB.
   */
  'value'?: (Buffer | Uint8Array | string);
  /**
   * The revision that put it. The server ignores it in a PutRequest.
   */
  'revision'?: (number | string | Long);
}

/**
 * A key and its value.
 */
export interface Entry__Output {
  /**
   * 1 to 512 bytes, without control characters.
   */
  'key': (string);
  /**
   * At most 256 KiB.
   */
  'value': (Buffer);
  /**
   * The revision that put it. The server ignores it in a PutRequest.
   */
  'revision': (string);
}
