// Original file: messanger.proto

import type { TypeChannel as _messanger_TypeChannel, TypeChannel__Output as _messanger_TypeChannel__Output } from '../messanger/TypeChannel.ts';

/**
 * A chat or channel.
 */
export interface ChannelInfo {
  /**
   * Its number, chosen by whoever opens it, from 1.
   */
  'idChannel'?: (number);
  /**
   * A second number, for whatever its users like.
   */
  'nameChannel'?: (number);
  /**
   * Who may talk; set by the server.
   */
  'typeChannel'?: (_messanger_TypeChannel);
  /**
   * Its name in words.
   */
  'title'?: (string);
}

/**
 * A chat or channel.
 */
export interface ChannelInfo__Output {
  /**
   * Its number, chosen by whoever opens it, from 1.
   */
  'idChannel': (number);
  /**
   * A second number, for whatever its users like.
   */
  'nameChannel': (number);
  /**
   * Who may talk; set by the server.
   */
  'typeChannel': (_messanger_TypeChannel__Output);
  /**
   * Its name in words.
   */
  'title': (string);
}
