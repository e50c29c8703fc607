// Original file: file_transfer.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Consecutive bytes of the file.
 */
export interface UploadChunk {
  /**
   * Where in the file they begin. The server skips bytes that it already has.
   * OUT_OF_RANGE if there would be a gap.
   */
  'offset'?: (number | string | Long);
  /**
   * The bytes; a chunk of 256 KiB is a good size, and a message has at most 4 MiB.
   */
  'data'?: (Buffer | Uint8Array | string);
}

/**
 * Consecutive bytes of the file.
 */
export interface UploadChunk__Output {
  /**
   * Where in the file they begin. The server skips bytes that it already has.
   * OUT_OF_RANGE if there would be a gap.
   */
  'offset': (string);
  /**
   * The bytes; a chunk of 256 KiB is a good size, and a message has at most 4 MiB.
   */
  'data': (Buffer);
}
