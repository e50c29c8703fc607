// Original file: greetering.proto


/**
 * A greeting.
 */
export interface HelloResp {
  /**
   * Its text.
   */
  'msg'?: (string);
}

/**
 * A greeting.
 */
export interface HelloResp__Output {
  /**
   * Its text.
   */
  'msg': (string);
}
