// Original file: work_queue.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One worker.
 */
export interface WorkerStats {
  /**
   * Its name.
   */
  'name'?: (string);
  /**
   * How many jobs it can hold.
   */
  'window'?: (number);
  /**
   * How many jobs it holds. Lapsed leases that it has not answered are among them.
   */
  'held'?: (number);
  /**
   * How many jobs it has done on this call.
   */
  'done'?: (number | string | Long);
}

/**
 * One worker.
 */
export interface WorkerStats__Output {
  /**
   * Its name.
   */
  'name': (string);
  /**
   * How many jobs it can hold.
   */
  'window': (number);
  /**
   * How many jobs it holds. Lapsed leases that it has not answered are among them.
   */
  'held': (number);
  /**
   * How many jobs it has done on this call.
   */
  'done': (string);
}
