// Original file: work_queue.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The worker still works on the job of a lease.
 */
export interface Extend {
  /**
   * The lease of the job.
   */
  'lease'?: (number | string | Long);
  /**
   * How long the lease lasts from now on, in milliseconds, at most 600,000. 0 means as long as a new lease. A lease never gets
   * shorter.
   */
  'leaseMs'?: (number);
}

/**
 * The worker still works on the job of a lease.
 */
export interface Extend__Output {
  /**
   * The lease of the job.
   */
  'lease': (string);
  /**
   * How long the lease lasts from now on, in milliseconds, at most 600,000. 0 means as long as a new lease. A lease never gets
   * shorter.
   */
  'leaseMs': (number);
}
