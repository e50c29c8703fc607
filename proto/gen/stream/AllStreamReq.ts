// Original file: stream/bidirectional_stream.proto


/**
 * One number whose root is wanted.
 */
export interface AllStreamReq {
  /**
   * Not negative; Infinity is allowed.
   */
  'number'?: (number | string);
}

/**
 * One number whose root is wanted.
 */
export interface AllStreamReq__Output {
  /**
   * Not negative; Infinity is allowed.
   */
  'number': (number);
}
