// Original file: stream/bidirectional_stream.proto


/**
 * The square root of one number. Responses come in the order of the requests.
 */
export interface AllStreamResp {
  /**
   * Its value, as exact as a double can be.
   */
  'sqrt'?: (number | string);
}

/**
 * The square root of one number. Responses come in the order of the requests.
 */
export interface AllStreamResp__Output {
  /**
   * Its value, as exact as a double can be.
   */
  'sqrt': (number);
}
