// Original file: grpc/reflection/v1alpha/reflection_v1alpha.proto


/**
 * A request that cannot be answered.
 */
export interface ErrorResponse {
  /**
   * A gRPC status code.
   */
  'errorCode'?: (number);
  /**
   * The reason, for people.
   */
  'errorMessage'?: (string);
}

/**
 * A request that cannot be answered.
 */
export interface ErrorResponse__Output {
  /**
   * A gRPC status code.
   */
  'errorCode': (number);
  /**
   * The reason, for people.
   */
  'errorMessage': (string);
}
