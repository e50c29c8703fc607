// Original file: stream/prices.proto


/**
 * A new price of a share.
 */
export interface Price {
  /**
   * The symbol of the share.
   */
  'share'?: (string);
  /**
   * The price of one share.
   */
  'price'?: (number | string);
}

/**
 * A new price of a share.
 */
export interface Price__Output {
  /**
   * The symbol of the share.
   */
  'share': (string);
  /**
   * The price of one share.
   */
  'price': (number);
}
