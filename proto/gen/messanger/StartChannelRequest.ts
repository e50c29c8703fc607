// Original file: messanger.proto

import type { ChannelInfo as _messanger_ChannelInfo, ChannelInfo__Output as _messanger_ChannelInfo__Output } from '../messanger/ChannelInfo.ts';
import type { ChannelMessage as _messanger_ChannelMessage, ChannelMessage__Output as _messanger_ChannelMessage__Output } from '../messanger/ChannelMessage.ts';

/**
 * The first opens the channel, each may say something.
 */
export interface StartChannelRequest {
  /**
   * What to open; read from the first request only.
   */
  'info'?: (_messanger_ChannelInfo | null);
  /**
   * What to say; may be left out.
   */
  'text'?: (_messanger_ChannelMessage | null);
}

/**
 * The first opens the channel, each may say something.
 */
export interface StartChannelRequest__Output {
  /**
   * What to open; read from the first request only.
   */
  'info': (_messanger_ChannelInfo__Output | null);
  /**
   * What to say; may be left out.
   */
  'text': (_messanger_ChannelMessage__Output | null);
}
