// Original file: work_queue.proto


/**
 * The answer to Add.
 */
export interface Added {
  /**
   * The ids of all jobs of the call, in the order of the requests. Each of these jobs is in the queue, or was in it before.
   */
  'ids'?: (string)[];
  /**
   * How many of them were added by an earlier call.
   */
  'repeatedIds'?: (number);
}

/**
 * The answer to Add.
 */
export interface Added__Output {
  /**
   * The ids of all jobs of the call, in the order of the requests. Each of these jobs is in the queue, or was in it before.
   */
  'ids': (string)[];
  /**
   * How many of them were added by an earlier call.
   */
  'repeatedIds': (number);
}
