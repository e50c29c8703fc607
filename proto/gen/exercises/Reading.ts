// Original file: exercises.proto


/**
 * One measurement.
 */
export interface Reading {
  /**
   * The temperature in degrees Celsius.
   */
  'celsius'?: (number | string);
}

/**
 * One measurement.
 */
export interface Reading__Output {
  /**
   * The temperature in degrees Celsius.
   */
  'celsius': (number);
}
