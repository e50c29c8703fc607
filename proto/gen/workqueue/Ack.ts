// Original file: work_queue.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The job of a lease is done.
 */
export interface Ack {
  /**
   * The lease of the job.
   */
  'lease'?: (number | string | Long);
}

/**
 * The job of a lease is done.
 */
export interface Ack__Output {
  /**
   * The lease of the job.
   */
  'lease': (string);
}
