// Original file: exercises.proto


/**
 * Where to measure.
 */
export interface Place {
  /**
   * The name of a city.
   */
  'city'?: (string);
}

/**
 * Where to measure.
 */
export interface Place__Output {
  /**
   * The name of a city.
   */
  'city': (string);
}
