// Original file: exercises.proto


/**
 * The answer to one number.
 */
export interface Average {
  /**
   * The mean of all numbers so far.
   */
  'mean'?: (number | string);
}

/**
 * The answer to one number.
 */
export interface Average__Output {
  /**
   * The mean of all numbers so far.
   */
  'mean': (number);
}
