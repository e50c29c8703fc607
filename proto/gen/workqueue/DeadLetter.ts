// Original file: work_queue.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A job that failed too often.
 */
export interface DeadLetter {
  /**
   * The id that the producer gave it.
   */
  'id'?: (string);
  /**
   * Its key; empty: none.
   */
  'key'?: (string);
  /**
   * What was to be done.
   */
  'payload'?: (Buffer | Uint8Array | string);
  /**
   * How often it was tried.
   */
  'attempts'?: (number);
  /**
   * Why the last attempt failed.
   */
  'reason'?: (string);
  /**
   * When it was given up, in milliseconds since 1970.
   */
  'diedAtMs'?: (number | string | Long);
}

/**
 * A job that failed too often.
 */
export interface DeadLetter__Output {
  /**
   * The id that the producer gave it.
   */
  'id': (string);
  /**
   * Its key; empty: none.
   */
  'key': (string);
  /**
   * What was to be done.
   */
  'payload': (Buffer);
  /**
   * How often it was tried.
   */
  'attempts': (number);
  /**
   * Why the last attempt failed.
   */
  'reason': (string);
  /**
   * When it was given up, in milliseconds since 1970.
   */
  'diedAtMs': (string);
}
