// Original file: google/rpc/error_details.proto


/**
 * How the server names this request in its logs.
 */
export interface RequestInfo {
  /**
   * Opaque to the client: to be handed back in a report.
   */
  'requestId'?: (string);
  /**
   * Data that the server's people may ask for.
   */
  'servingData'?: (string);
}

/**
 * How the server names this request in its logs.
 */
export interface RequestInfo__Output {
  /**
   * Opaque to the client: to be handed back in a report.
   */
  'requestId': (string);
  /**
   * Data that the server's people may ask for.
   */
  'servingData': (string);
}
