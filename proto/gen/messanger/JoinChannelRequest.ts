// Original file: messanger.proto


/**
 * What to listen to.
 */
export interface JoinChannelRequest {
  /**
   * The number of an open chat or channel.
   */
  'idChannel'?: (number);
}

/**
 * What to listen to.
 */
export interface JoinChannelRequest__Output {
  /**
   * The number of an open chat or channel.
   */
  'idChannel': (number);
}
