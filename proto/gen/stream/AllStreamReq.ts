// Original file: stream/bidirectional_stream.proto


export interface AllStreamReq {
  /**
   * Not negative; Infinity is allowed.
   */
  'number'?: (number | string);
}

export interface AllStreamReq__Output {
  /**
   * Not negative; Infinity is allowed.
   */
  'number': (number);
}
