// Original file: exercises.proto


/**
 * One number.
 */
export interface Value {
  /**
   * The number itself.
   */
  'number'?: (number | string);
}

/**
 * One number.
 */
export interface Value__Output {
  /**
   * The number itself.
   */
  'number': (number);
}
