// Original file: interop.proto


/**
 * A bool that may be left out.
 */
export interface BoolValue {
  /**
   * The value.
   */
  'value'?: (boolean);
}

/**
 * A bool that may be left out.
 */
export interface BoolValue__Output {
  /**
   * The value.
   */
  'value': (boolean);
}
