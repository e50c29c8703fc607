// Original file: bench.proto


/**
 * Many exact numbers in one message.
 */
export interface Packed {
  /**
   * Eight bytes a number, the lowest byte first. On the wire this is the same as `repeated sfixed64 numbers = 1`.
   * Use `sfixed64` in languages that read it fast.
   */
  'numbers'?: (Buffer | Uint8Array | string);
}

/**
 * Many exact numbers in one message.
 */
export interface Packed__Output {
  /**
   * Eight bytes a number, the lowest byte first. On the wire this is the same as `repeated sfixed64 numbers = 1`.
   * Use `sfixed64` in languages that read it fast.
   */
  'numbers': (Buffer);
}
