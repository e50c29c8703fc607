// Original file: work_queue.proto

import type { Job as _workqueue_Job, Job__Output as _workqueue_Job__Output } from '../workqueue/Job.ts';
import type { Lapsed as _workqueue_Lapsed, Lapsed__Output as _workqueue_Lapsed__Output } from '../workqueue/Lapsed.ts';
import type { Window as _workqueue_Window, Window__Output as _workqueue_Window__Output } from '../workqueue/Window.ts';

/**
 * A message to a worker. Exactly one field is set.
 */
export interface ToWorker {
  /**
   * A job to do.
   */
  'job'?: (_workqueue_Job | null);
  /**
   * A lease that has ended without an answer. The job goes to another worker.
   */
  'lapsed'?: (_workqueue_Lapsed | null);
  /**
   * The window that is now valid. It is the answer to each `window` of the worker, and comes after all jobs that were sent
   * before. A server that shuts down sends a window of 0 jobs by itself.
   */
  'window'?: (_workqueue_Window | null);
  /**
   * The kind of message.
   */
  'message'?: "job"|"lapsed"|"window";
}

/**
 * A message to a worker. Exactly one field is set.
 */
export interface ToWorker__Output {
  /**
   * A job to do.
   */
  'job'?: (_workqueue_Job__Output | null);
  /**
   * A lease that has ended without an answer. The job goes to another worker.
   */
  'lapsed'?: (_workqueue_Lapsed__Output | null);
  /**
   * The window that is now valid. It is the answer to each `window` of the worker, and comes after all jobs that were sent
   * before. A server that shuts down sends a window of 0 jobs by itself.
   */
  'window'?: (_workqueue_Window__Output | null);
  /**
   * The kind of message.
   */
  'message'?: "job"|"lapsed"|"window";
}
