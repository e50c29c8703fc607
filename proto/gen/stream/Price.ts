// Original file: stream/prices.proto


/**
 * A new price of a share.
 */
export interface Price {
  'share'?: (string);
  'price'?: (number | string);
}

/**
 * A new price of a share.
 */
export interface Price__Output {
  'share': (string);
  'price': (number);
}
