// Original file: work_queue.proto


/**
 * Names dead letters.
 */
export interface DeadLetterIds {
  /**
   * The ids of jobs. One that is not among the dead letters is skipped.
   */
  'ids'?: (string)[];
  /**
   * Names all dead letters, whatever `ids` says.
   */
  'all'?: (boolean);
}

/**
 * Names dead letters.
 */
export interface DeadLetterIds__Output {
  /**
   * The ids of jobs. One that is not among the dead letters is skipped.
   */
  'ids': (string)[];
  /**
   * Names all dead letters, whatever `ids` says.
   */
  'all': (boolean);
}
