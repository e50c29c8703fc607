// Original file: grpc/health/v1/health.proto


/**
 * Which service is meant.
 */
export interface HealthCheckRequest {
  /**
   * Its full name, such as stream.ServerStream. Empty: the server as a whole.
   */
  'service'?: (string);
}

/**
 * Which service is meant.
 */
export interface HealthCheckRequest__Output {
  /**
   * Its full name, such as stream.ServerStream. Empty: the server as a whole.
   */
  'service': (string);
}
