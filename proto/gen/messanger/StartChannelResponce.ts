// Original file: messanger.proto


/**
 * The end of a channel.
 */
export interface StartChannelResponce {
  /**
   * In words, such as "channel 7 closed after 3 messages".
   */
  'status'?: (string);
}

/**
 * The end of a channel.
 */
export interface StartChannelResponce__Output {
  /**
   * In words, such as "channel 7 closed after 3 messages".
   */
  'status': (string);
}
