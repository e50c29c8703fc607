// Original file: exercises.proto


/**
 * Which share to follow.
 */
export interface Share {
  /**
   * Its name.
   */
  'name'?: (string);
}

/**
 * Which share to follow.
 */
export interface Share__Output {
  /**
   * Its name.
   */
  'name': (string);
}
