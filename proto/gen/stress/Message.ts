// Original file: stress.proto


/**
 * Any message of any method.
 */
export interface Message {
  /**
   * In the first request of a call only: how the call is to go, as JSON.
   */
  'plan'?: (string);
  /**
   * The position in its stream, from 0; in the response of Upload the number of requests.
   */
  'sequence'?: (number);
  /**
   * Nothing but weight, 0 to 100,000 bytes.
   */
  'padding'?: (Buffer | Uint8Array | string);
}

/**
 * Any message of any method.
 */
export interface Message__Output {
  /**
   * In the first request of a call only: how the call is to go, as JSON.
   */
  'plan': (string);
  /**
   * The position in its stream, from 0; in the response of Upload the number of requests.
   */
  'sequence': (number);
  /**
   * Nothing but weight, 0 to 100,000 bytes.
   */
  'padding': (Buffer);
}
