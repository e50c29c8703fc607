// Original file: work_queue.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The job of a lease has failed.
 */
export interface Nack {
  /**
   * The lease of the job.
   */
  'lease'?: (number | string | Long);
  /**
   * Why the job has failed, as a text for people. The dead letter keeps the last reason. The server cuts it to 1,000 characters.
   */
  'reason'?: (string);
  /**
   * How long to wait before the next attempt, in milliseconds, at most 600,000. 0 means that the server decides:
   * 100 after the first attempt, then twice as long each time, 10,000 at most.
   */
  'retryAfterMs'?: (number);
}

/**
 * The job of a lease has failed.
 */
export interface Nack__Output {
  /**
   * The lease of the job.
   */
  'lease': (string);
  /**
   * Why the job has failed, as a text for people. The dead letter keeps the last reason. The server cuts it to 1,000 characters.
   */
  'reason': (string);
  /**
   * How long to wait before the next attempt, in milliseconds, at most 600,000. 0 means that the server decides:
   * 100 after the first attempt, then twice as long each time, 10,000 at most.
   */
  'retryAfterMs': (number);
}
