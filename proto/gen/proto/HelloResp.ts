// Original file: greetering.proto


export interface HelloResp {
  /**
   * The greeting.
   */
  'msg'?: (string);
}

export interface HelloResp__Output {
  /**
   * The greeting.
   */
  'msg': (string);
}
