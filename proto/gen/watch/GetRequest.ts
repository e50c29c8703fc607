// Original file: watch.proto


/**
 * What to read.
 */
export interface GetRequest {
  /**
   * The key.
   */
  'key'?: (string);
}

/**
 * What to read.
 */
export interface GetRequest__Output {
  /**
   * The key.
   */
  'key': (string);
}
