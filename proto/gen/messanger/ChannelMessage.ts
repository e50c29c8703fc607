// Original file: messanger.proto


/**
 * Something that was said in a channel.
 */
export interface ChannelMessage {
  /**
   * The text, 10,000 characters at most.
   */
  'message'?: (string);
  /**
   * Who said it, in a chat; empty in a channel, where it is the author.
   */
  'name'?: (string);
}

/**
 * Something that was said in a channel.
 */
export interface ChannelMessage__Output {
  /**
   * The text, 10,000 characters at most.
   */
  'message': (string);
  /**
   * Who said it, in a chat; empty in a channel, where it is the author.
   */
  'name': (string);
}
