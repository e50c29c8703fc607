// Original file: work_queue.proto

import type { Job as _workqueue_Job, Job__Output as _workqueue_Job__Output } from '../workqueue/Job.ts';
import type { Lapsed as _workqueue_Lapsed, Lapsed__Output as _workqueue_Lapsed__Output } from '../workqueue/Lapsed.ts';
import type { Window as _workqueue_Window, Window__Output as _workqueue_Window__Output } from '../workqueue/Window.ts';

/**
 * What the server says to a worker. Exactly one field is set.
 */
export interface ToWorker {
  /**
   * A job to do.
   */
  'job'?: (_workqueue_Job | null);
  /**
   * A lease that has lapsed. The job goes to another worker.
   */
  'lapsed'?: (_workqueue_Lapsed | null);
  /**
   * The window that is now in force. It answers each `window` of the worker, after all jobs that were sent before it;
   * a server that shuts down closes the window unasked.
   */
  'window'?: (_workqueue_Window | null);
  /**
   * The kind of message.
   */
  'message'?: "job"|"lapsed"|"window";
}

/**
 * What the server says to a worker. Exactly one field is set.
 */
export interface ToWorker__Output {
  /**
   * A job to do.
   */
  'job'?: (_workqueue_Job__Output | null);
  /**
   * A lease that has lapsed. The job goes to another worker.
   */
  'lapsed'?: (_workqueue_Lapsed__Output | null);
  /**
   * The window that is now in force. It answers each `window` of the worker, after all jobs that were sent before it;
   * a server that shuts down closes the window unasked.
   */
  'window'?: (_workqueue_Window__Output | null);
  /**
   * The kind of message.
   */
  'message'?: "job"|"lapsed"|"window";
}
