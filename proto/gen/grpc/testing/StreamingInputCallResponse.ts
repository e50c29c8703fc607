// Original file: interop.proto


/**
 * The response to a client stream.
 */
export interface StreamingInputCallResponse {
  /**
   * The size of all payloads together.
   */
  'aggregatedPayloadSize'?: (number);
}

/**
 * The response to a client stream.
 */
export interface StreamingInputCallResponse__Output {
  /**
   * The size of all payloads together.
   */
  'aggregatedPayloadSize': (number);
}
