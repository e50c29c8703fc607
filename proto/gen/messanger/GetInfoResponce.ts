// Original file: messanger.proto

import type { ChannelInfo as _messanger_ChannelInfo, ChannelInfo__Output as _messanger_ChannelInfo__Output } from '../messanger/ChannelInfo.ts';

/**
 * What is open.
 */
export interface GetInfoResponce {
  /**
   * In the order of idChannel.
   */
  'channelInfo'?: (_messanger_ChannelInfo)[];
}

/**
 * What is open.
 */
export interface GetInfoResponce__Output {
  /**
   * In the order of idChannel.
   */
  'channelInfo': (_messanger_ChannelInfo__Output)[];
}
