// Original file: work_queue.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A job to do.
 */
export interface Job {
  /**
   * The id that the producer gave it.
   */
  'id'?: (string);
  /**
   * Its key; empty: none.
   */
  'key'?: (string);
  /**
   * What to do.
   */
  'payload'?: (Buffer | Uint8Array | string);
  /**
   * The number for `ack`, `nack` and `extend`. It is valid on this call only.
   */
  'lease'?: (number | string | Long);
  /**
   * Counts the attempts, from 1 on. An attempt that ended because the server was killed does not count.
   */
  'attempt'?: (number);
}

/**
 * A job to do.
 */
export interface Job__Output {
  /**
   * The id that the producer gave it.
   */
  'id': (string);
  /**
   * Its key; empty: none.
   */
  'key': (string);
  /**
   * What to do.
   */
  'payload': (Buffer);
  /**
   * The number for `ack`, `nack` and `extend`. It is valid on this call only.
   */
  'lease': (string);
  /**
   * Counts the attempts, from 1 on. An attempt that ended because the server was killed does not count.
   */
  'attempt': (number);
}
