// Original file: stream/prices.proto


/**
 * What the client wants to follow from now on.
 */
export interface Choice {
  /**
   * The symbol of the share, such as ACME.
   */
  'share'?: (string);
  /**
   * True means: stop following this share.
   */
  'stop'?: (boolean);
}

/**
 * What the client wants to follow from now on.
 */
export interface Choice__Output {
  /**
   * The symbol of the share, such as ACME.
   */
  'share': (string);
  /**
   * True means: stop following this share.
   */
  'stop': (boolean);
}
