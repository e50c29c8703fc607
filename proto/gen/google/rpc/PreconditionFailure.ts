// Original file: google/rpc/error_details.proto


/**
 * One condition that is not met.
 */
export interface _google_rpc_PreconditionFailure_Violation {
  /**
   * The sort of condition, one of the service's own names, such as "TERMS".
   */
  'type'?: (string);
  /**
   * What fails the condition.
   */
  'subject'?: (string);
  /**
   * How, for people.
   */
  'description'?: (string);
}

/**
 * One condition that is not met.
 */
export interface _google_rpc_PreconditionFailure_Violation__Output {
  /**
   * The sort of condition, one of the service's own names, such as "TERMS".
   */
  'type': (string);
  /**
   * What fails the condition.
   */
  'subject': (string);
  /**
   * How, for people.
   */
  'description': (string);
}

/**
 * What has to be true first, and is not.
 */
export interface PreconditionFailure {
  /**
   * At least one.
   */
  'violations'?: (_google_rpc_PreconditionFailure_Violation)[];
}

/**
 * What has to be true first, and is not.
 */
export interface PreconditionFailure__Output {
  /**
   * At least one.
   */
  'violations': (_google_rpc_PreconditionFailure_Violation__Output)[];
}
