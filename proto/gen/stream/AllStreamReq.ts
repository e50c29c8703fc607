// Original file: stream/bidirectional_stream.proto


/**
 * A number. The server answers with its square root.
 */
export interface AllStreamReq {
  /**
   * Its value. Infinity is allowed, and a negative number is not.
   */
  'number'?: (number | string);
}

/**
 * A number. The server answers with its square root.
 */
export interface AllStreamReq__Output {
  /**
   * Its value. Infinity is allowed, and a negative number is not.
   */
  'number': (number);
}
