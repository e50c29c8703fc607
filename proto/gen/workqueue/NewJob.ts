// Original file: work_queue.proto


/**
 * A job to add.
 */
export interface NewJob {
  /**
   * Chosen by the producer: 1 to 64 letters, digits, `-` and `_`.
   */
  'id'?: (string);
  /**
   * Jobs with the same key are done one after the other, in the order in which they were added. Empty: no order.
   * At most 200 bytes.
   */
  'key'?: (string);
  /**
   * What to do; at most 65,536 bytes.
   */
  'payload'?: (Buffer | Uint8Array | string);
}

/**
 * A job to add.
 */
export interface NewJob__Output {
  /**
   * Chosen by the producer: 1 to 64 letters, digits, `-` and `_`.
   */
  'id': (string);
  /**
   * Jobs with the same key are done one after the other, in the order in which they were added. Empty: no order.
   * At most 200 bytes.
   */
  'key': (string);
  /**
   * What to do; at most 65,536 bytes.
   */
  'payload': (Buffer);
}
