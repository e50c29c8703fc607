// Original file: grpc/health/v1/health.proto


// Original file: grpc/health/v1/health.proto

/**
 * What a client can expect of calls to the service.
 */
export const _grpc_health_v1_HealthCheckResponse_ServingStatus = {
  /**
   * Not used.
   */
  UNKNOWN: 'UNKNOWN',
  /**
   * Calls will be answered.
   */
  SERVING: 'SERVING',
  /**
   * Calls would fail, or the server is about to stop. Call another server.
   */
  NOT_SERVING: 'NOT_SERVING',
  /**
   * Only in Watch: the server does not know the service, and may know it later.
   */
  SERVICE_UNKNOWN: 'SERVICE_UNKNOWN',
} as const;

/**
 * What a client can expect of calls to the service.
 */
export type _grpc_health_v1_HealthCheckResponse_ServingStatus =
  /**
   * Not used.
   */
  | 'UNKNOWN'
  | 0
  /**
   * Calls will be answered.
   */
  | 'SERVING'
  | 1
  /**
   * Calls would fail, or the server is about to stop. Call another server.
   */
  | 'NOT_SERVING'
  | 2
  /**
   * Only in Watch: the server does not know the service, and may know it later.
   */
  | 'SERVICE_UNKNOWN'
  | 3

/**
 * What a client can expect of calls to the service.
 */
export type _grpc_health_v1_HealthCheckResponse_ServingStatus__Output = typeof _grpc_health_v1_HealthCheckResponse_ServingStatus[keyof typeof _grpc_health_v1_HealthCheckResponse_ServingStatus]

/**
 * How a service is.
 */
export interface HealthCheckResponse {
  /**
   * The status of the service.
   */
  'status'?: (_grpc_health_v1_HealthCheckResponse_ServingStatus);
}

/**
 * How a service is.
 */
export interface HealthCheckResponse__Output {
  /**
   * The status of the service.
   */
  'status': (_grpc_health_v1_HealthCheckResponse_ServingStatus__Output);
}
