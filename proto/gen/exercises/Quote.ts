// Original file: exercises.proto


/**
 * A new price.
 */
export interface Quote {
  /**
   * The price of one share.
   */
  'price'?: (number);
}

/**
 * A new price.
 */
export interface Quote__Output {
  /**
   * The price of one share.
   */
  'price': (number);
}
