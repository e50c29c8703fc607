// Original file: interop.proto


/**
 * A status that the server has to end the call with.
 */
export interface EchoStatus {
  /**
   * The status code.
   */
  'code'?: (number);
  /**
   * The status message.
   */
  'message'?: (string);
}

/**
 * A status that the server has to end the call with.
 */
export interface EchoStatus__Output {
  /**
   * The status code.
   */
  'code': (number);
  /**
   * The status message.
   */
  'message': (string);
}
