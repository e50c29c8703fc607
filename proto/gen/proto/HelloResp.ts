// Original file: greetering.proto


/**
 * A greeting.
 */
export interface HelloResp {
  /**
   * The greeting.
   */
  'msg'?: (string);
}

/**
 * A greeting.
 */
export interface HelloResp__Output {
  /**
   * The greeting.
   */
  'msg': (string);
}
