// Original file: stream/bidirectional_stream.proto


/**
 * The answer to one request; answers come in the order of the requests.
 */
export interface AllStreamResp {
  /**
   * The square root, to the nearest double.
   */
  'sqrt'?: (number | string);
}

/**
 * The answer to one request; answers come in the order of the requests.
 */
export interface AllStreamResp__Output {
  /**
   * The square root, to the nearest double.
   */
  'sqrt': (number);
}
