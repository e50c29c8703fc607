// Original file: bench.proto


/**
 * What a message carries.
 */
export interface Item {
  /**
   * Its position in its stream.
   */
  'number'?: (number);
  /**
   * Nothing but weight.
   */
  'payload'?: (Buffer | Uint8Array | string);
}

/**
 * What a message carries.
 */
export interface Item__Output {
  /**
   * Its position in its stream.
   */
  'number': (number);
  /**
   * Nothing but weight.
   */
  'payload': (Buffer);
}
