// Original file: messanger.proto


/**
 * Which chats and channels to list.
 */
export interface GetInfoRequest {
  /**
   * A part of the title, upper and lower case alike, or one of its two numbers; empty: all.
   */
  'keyword'?: (string);
}

/**
 * Which chats and channels to list.
 */
export interface GetInfoRequest__Output {
  /**
   * A part of the title, upper and lower case alike, or one of its two numbers; empty: all.
   */
  'keyword': (string);
}
