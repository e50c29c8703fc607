// Original file: websocket.proto


/**
 * What is said.
 */
export interface EchoRequest {
  /**
   * Any text.
   */
  'text'?: (string);
}

/**
 * What is said.
 */
export interface EchoRequest__Output {
  /**
   * Any text.
   */
  'text': (string);
}
