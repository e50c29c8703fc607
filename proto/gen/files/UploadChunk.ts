// Original file: file_transfer.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Consecutive bytes of the file.
 */
export interface UploadChunk {
  /**
   * Where in the file the bytes begin. The server skips bytes that it already has.
   * OUT_OF_RANGE if bytes before them are missing.
   */
  'offset'?: (number | string | Long);
  /**
   * The bytes. 256 KiB is a good size for a chunk. A message can have at most 4 MiB.
   */
  'data'?: (Buffer | Uint8Array | string);
}

/**
 * Consecutive bytes of the file.
 */
export interface UploadChunk__Output {
  /**
   * Where in the file the bytes begin. The server skips bytes that it already has.
   * OUT_OF_RANGE if bytes before them are missing.
   */
  'offset': (string);
  /**
   * The bytes. 256 KiB is a good size for a chunk. A message can have at most 4 MiB.
   */
  'data': (Buffer);
}
