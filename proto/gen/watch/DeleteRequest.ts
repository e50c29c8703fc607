// Original file: watch.proto


/**
 * What to delete.
 */
export interface DeleteRequest {
  /**
   * 1 to 128 keys.
   */
  'keys'?: (string)[];
}

/**
 * What to delete.
 */
export interface DeleteRequest__Output {
  /**
   * 1 to 128 keys.
   */
  'keys': (string)[];
}
