// Original file: google/rpc/error_details.proto


/**
 * Why a call failed, for programs to switch on.
 */
export interface ErrorInfo {
  /**
   * The cause, unique within the domain: at most 63 characters of UPPER_SNAKE_CASE.
   */
  'reason'?: (string);
  /**
   * Who defines the reason, as a host name.
   */
  'domain'?: (string);
  /**
   * Particulars of this very error; keys of at most 64 characters.
   */
  'metadata'?: ({[key: string]: string});
}

/**
 * Why a call failed, for programs to switch on.
 */
export interface ErrorInfo__Output {
  /**
   * The cause, unique within the domain: at most 63 characters of UPPER_SNAKE_CASE.
   */
  'reason': (string);
  /**
   * Who defines the reason, as a host name.
   */
  'domain': (string);
  /**
   * Particulars of this very error; keys of at most 64 characters.
   */
  'metadata': ({[key: string]: string});
}
