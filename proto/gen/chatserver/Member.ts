// Original file: chatserver.proto


/**
 * One client in the room.
 */
export interface Member {
  /**
   * The code that the server gave it.
   */
  'code'?: (string);
  /**
   * The name that it used last; empty as long as it has sent nothing.
   */
  'name'?: (string);
}

/**
 * One client in the room.
 */
export interface Member__Output {
  /**
   * The code that the server gave it.
   */
  'code': (string);
  /**
   * The name that it used last; empty as long as it has sent nothing.
   */
  'name': (string);
}
