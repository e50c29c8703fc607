// Original file: websocket.proto


/**
 * What comes back.
 */
export interface EchoReply {
  /**
   * "server reply: " and the text that was said.
   */
  'text'?: (string);
}

/**
 * What comes back.
 */
export interface EchoReply__Output {
  /**
   * "server reply: " and the text that was said.
   */
  'text': (string);
}
