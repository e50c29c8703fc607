// Original file: bench.proto


/**
 * How much is to be sent.
 */
export interface Order {
  /**
   * How many messages.
   */
  'count'?: (number);
  /**
   * Bytes of payload in each.
   */
  'size'?: (number);
  /**
   * Whether the stream then fails, with ABORTED.
   */
  'fail'?: (boolean);
}

/**
 * How much is to be sent.
 */
export interface Order__Output {
  /**
   * How many messages.
   */
  'count': (number);
  /**
   * Bytes of payload in each.
   */
  'size': (number);
  /**
   * Whether the stream then fails, with ABORTED.
   */
  'fail': (boolean);
}
