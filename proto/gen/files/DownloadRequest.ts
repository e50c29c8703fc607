// Original file: file_transfer.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Asks for a file.
 */
export interface DownloadRequest {
  /**
   * Its name.
   */
  'name'?: (string);
  /**
   * Where to begin. OUT_OF_RANGE beyond the end.
   */
  'offset'?: (number | string | Long);
  /**
   * How many bytes to send at most; 0 means all to the end.
   */
  'limit'?: (number | string | Long);
  /**
   * The version that a client wants when it continues; empty: any version.
   */
  'version'?: (string);
}

/**
 * Asks for a file.
 */
export interface DownloadRequest__Output {
  /**
   * Its name.
   */
  'name': (string);
  /**
   * Where to begin. OUT_OF_RANGE beyond the end.
   */
  'offset': (string);
  /**
   * How many bytes to send at most; 0 means all to the end.
   */
  'limit': (string);
  /**
   * The version that a client wants when it continues; empty: any version.
   */
  'version': (string);
}
