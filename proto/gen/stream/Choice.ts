// Original file: stream/prices.proto


/**
 * What the client wants to follow from now on.
 */
export interface Choice {
  /**
   * The share, by its symbol.
   */
  'share'?: (string);
  /**
   * True: follow this share no longer.
   */
  'stop'?: (boolean);
}

/**
 * What the client wants to follow from now on.
 */
export interface Choice__Output {
  /**
   * The share, by its symbol.
   */
  'share': (string);
  /**
   * True: follow this share no longer.
   */
  'stop': (boolean);
}
