// Original file: work_queue.proto

import type { Window as _workqueue_Window, Window__Output as _workqueue_Window__Output } from '../workqueue/Window.ts';
import type { Ack as _workqueue_Ack, Ack__Output as _workqueue_Ack__Output } from '../workqueue/Ack.ts';
import type { Nack as _workqueue_Nack, Nack__Output as _workqueue_Nack__Output } from '../workqueue/Nack.ts';
import type { Extend as _workqueue_Extend, Extend__Output as _workqueue_Extend__Output } from '../workqueue/Extend.ts';

/**
 * A message of a worker. Exactly one field is set.
 */
export interface FromWorker {
  /**
   * How many jobs the worker can hold. The worker sends it first, and again when the number changes.
   */
  'window'?: (_workqueue_Window | null);
  /**
   * Acknowledges: the job of a lease is done.
   */
  'ack'?: (_workqueue_Ack | null);
  /**
   * The opposite of `ack`: the job of a lease has failed, and should be tried again.
   */
  'nack'?: (_workqueue_Nack | null);
  /**
   * The worker still works on the job of a lease.
   */
  'extend'?: (_workqueue_Extend | null);
  /**
   * The kind of message.
   */
  'message'?: "window"|"ack"|"nack"|"extend";
}

/**
 * A message of a worker. Exactly one field is set.
 */
export interface FromWorker__Output {
  /**
   * How many jobs the worker can hold. The worker sends it first, and again when the number changes.
   */
  'window'?: (_workqueue_Window__Output | null);
  /**
   * Acknowledges: the job of a lease is done.
   */
  'ack'?: (_workqueue_Ack__Output | null);
  /**
   * The opposite of `ack`: the job of a lease has failed, and should be tried again.
   */
  'nack'?: (_workqueue_Nack__Output | null);
  /**
   * The worker still works on the job of a lease.
   */
  'extend'?: (_workqueue_Extend__Output | null);
  /**
   * The kind of message.
   */
  'message'?: "window"|"ack"|"nack"|"extend";
}
