// Original file: stream/prices.proto


/**
 * A new price of a share.
 */
export interface Price {
  /**
   * The share, by its symbol.
   */
  'share'?: (string);
  /**
   * What one share costs now.
   */
  'price'?: (number | string);
}

/**
 * A new price of a share.
 */
export interface Price__Output {
  /**
   * The share, by its symbol.
   */
  'share': (string);
  /**
   * What one share costs now.
   */
  'price': (number);
}
