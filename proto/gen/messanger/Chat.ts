// Original file: messanger.proto

import type { ChannelInfo as _messanger_ChannelInfo, ChannelInfo__Output as _messanger_ChannelInfo__Output } from '../messanger/ChannelInfo.ts';

/**
 * Something that is said in a chat.
 */
export interface Chat {
  /**
   * The chat; on the way to the server read from the first message only.
   */
  'info'?: (_messanger_ChannelInfo | null);
  /**
   * Who says it, in 40 characters at most.
   */
  'name'?: (string);
  /**
   * The text, 10,000 characters at most; an empty one is not passed on.
   */
  'text'?: (string);
}

/**
 * Something that is said in a chat.
 */
export interface Chat__Output {
  /**
   * The chat; on the way to the server read from the first message only.
   */
  'info': (_messanger_ChannelInfo__Output | null);
  /**
   * Who says it, in 40 characters at most.
   */
  'name': (string);
  /**
   * The text, 10,000 characters at most; an empty one is not passed on.
   */
  'text': (string);
}
