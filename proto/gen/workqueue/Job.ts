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
   * The key of the job. It is empty if the job has none.
   */
  'key'?: (string);
  /**
   * What to do.
   */
  'payload'?: (Buffer | Uint8Array | string);
  /**
   * The number for `ack`, `nack` and `extend`. It is valid in this call only.
   */
  'lease'?: (number | string | Long);
  /**
   * The number of the attempt: 1, then 2, and so on. An attempt that ended because the server was killed does not count.
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
   * The key of the job. It is empty if the job has none.
   */
  'key': (string);
  /**
   * What to do.
   */
  'payload': (Buffer);
  /**
   * The number for `ack`, `nack` and `extend`. It is valid in this call only.
   */
  'lease': (string);
  /**
   * The number of the attempt: 1, then 2, and so on. An attempt that ended because the server was killed does not count.
   */
  'attempt': (number);
}
