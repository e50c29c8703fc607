// Original file: work_queue.proto

import type { WorkerStats as _workqueue_WorkerStats, WorkerStats__Output as _workqueue_WorkerStats__Output } from '../workqueue/WorkerStats.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * The numbers of the queue.
 */
export interface QueueStats {
  /**
   * Jobs that wait for a worker; those that wait for another attempt are among them, and those that workers of other
   * servers hold.
   */
  'waiting'?: (number | string | Long);
  /**
   * Jobs that workers of this server hold.
   */
  'held'?: (number | string | Long);
  /**
   * Dead letters.
   */
  'dead'?: (number | string | Long);
  /**
   * Jobs that were added through this server since it was started.
   */
  'added'?: (number | string | Long);
  /**
   * Jobs that were done through this server since it was started.
   */
  'done'?: (number | string | Long);
  /**
   * Attempts that failed, lapsed or were lost through this server since it was started.
   */
  'failed'?: (number | string | Long);
  /**
   * The workers of this server.
   */
  'workers'?: (_workqueue_WorkerStats)[];
}

/**
 * The numbers of the queue.
 */
export interface QueueStats__Output {
  /**
   * Jobs that wait for a worker; those that wait for another attempt are among them, and those that workers of other
   * servers hold.
   */
  'waiting': (string);
  /**
   * Jobs that workers of this server hold.
   */
  'held': (string);
  /**
   * Dead letters.
   */
  'dead': (string);
  /**
   * Jobs that were added through this server since it was started.
   */
  'added': (string);
  /**
   * Jobs that were done through this server since it was started.
   */
  'done': (string);
  /**
   * Attempts that failed, lapsed or were lost through this server since it was started.
   */
  'failed': (string);
  /**
   * The workers of this server.
   */
  'workers': (_workqueue_WorkerStats__Output)[];
}
