// Original file: bench.proto


/**
 * Many exact numbers in one message.
 */
export interface Packed {
  /**
   * Eight bytes a number, little-endian: on the wire the same as `repeated sfixed64 numbers = 1`, which is
   * what to write in languages that read that fast.
   */
  'numbers'?: (Buffer | Uint8Array | string);
}

/**
 * Many exact numbers in one message.
 */
export interface Packed__Output {
  /**
   * Eight bytes a number, little-endian: on the wire the same as `repeated sfixed64 numbers = 1`, which is
   * what to write in languages that read that fast.
   */
  'numbers': (Buffer);
}
