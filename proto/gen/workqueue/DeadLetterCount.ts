// Original file: work_queue.proto


/**
 * The answer to Retry and Discard.
 */
export interface DeadLetterCount {
  /**
   * How many dead letters there were of those that the request named.
   */
  'count'?: (number);
}

/**
 * The answer to Retry and Discard.
 */
export interface DeadLetterCount__Output {
  /**
   * How many dead letters there were of those that the request named.
   */
  'count': (number);
}
