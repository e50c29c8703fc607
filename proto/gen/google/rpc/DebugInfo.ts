// Original file: google/rpc/error_details.proto


/**
 * For the server's developers; not for clients that one does not trust.
 */
export interface DebugInfo {
  /**
   * The stack, innermost entry first.
   */
  'stackEntries'?: (string)[];
  /**
   * Anything else worth knowing.
   */
  'detail'?: (string);
}

/**
 * For the server's developers; not for clients that one does not trust.
 */
export interface DebugInfo__Output {
  /**
   * The stack, innermost entry first.
   */
  'stackEntries': (string)[];
  /**
   * Anything else worth knowing.
   */
  'detail': (string);
}
