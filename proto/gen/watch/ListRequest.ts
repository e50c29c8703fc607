// Original file: watch.proto


/**
 * What to list.
 */
export interface ListRequest {
  /**
   * Keys that start with this; empty: all keys.
   */
  'prefix'?: (string);
}

/**
 * What to list.
 */
export interface ListRequest__Output {
  /**
   * Keys that start with this; empty: all keys.
   */
  'prefix': (string);
}
