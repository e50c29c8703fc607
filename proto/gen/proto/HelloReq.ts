// Original file: greetering.proto


/**
 * A name to greet.
 */
export interface HelloReq {
  /**
   * The name: 1 to 40 characters, without control characters.
   */
  'name'?: (string);
}

/**
 * A name to greet.
 */
export interface HelloReq__Output {
  /**
   * The name: 1 to 40 characters, without control characters.
   */
  'name': (string);
}
