// Original file: stream/bidirectional_stream.proto


export interface AllStreamResp {
  /**
   * The square root, to the nearest double.
   */
  'sqrt'?: (number | string);
}

export interface AllStreamResp__Output {
  /**
   * The square root, to the nearest double.
   */
  'sqrt': (number);
}
