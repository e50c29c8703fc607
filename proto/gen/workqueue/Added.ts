// Original file: work_queue.proto


/**
 * The answer to Add.
 */
export interface Added {
  /**
   * The ids of all jobs of the call, in their order: every one of them is in the queue, or has been.
   */
  'ids'?: (string)[];
  /**
   * How many of them had been added before.
   */
  'repeatedIds'?: (number);
}

/**
 * The answer to Add.
 */
export interface Added__Output {
  /**
   * The ids of all jobs of the call, in their order: every one of them is in the queue, or has been.
   */
  'ids': (string)[];
  /**
   * How many of them had been added before.
   */
  'repeatedIds': (number);
}
