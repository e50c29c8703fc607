// Original file: file_transfer.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The length and checksum of the bytes that the client should have received.
 */
export interface DownloadEnd {
  /**
   * How many bytes this call sent.
   */
  'size'?: (number | string | Long);
  /**
   * SHA-256 of them, 32 bytes.
   */
  'sha256'?: (Buffer | Uint8Array | string);
}

/**
 * The length and checksum of the bytes that the client should have received.
 */
export interface DownloadEnd__Output {
  /**
   * How many bytes this call sent.
   */
  'size': (string);
  /**
   * SHA-256 of them, 32 bytes.
   */
  'sha256': (Buffer);
}
