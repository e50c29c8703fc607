// Original file: grpc/health/v1/health.proto

import type { HealthCheckResponse as _grpc_health_v1_HealthCheckResponse, HealthCheckResponse__Output as _grpc_health_v1_HealthCheckResponse__Output } from '../../../grpc/health/v1/HealthCheckResponse.ts';

/**
 * How all services are.
 */
export interface HealthListResponse {
  /**
   * The status of each service by its name. The empty name is the server as a whole.
   */
  'statuses'?: ({[key: string]: _grpc_health_v1_HealthCheckResponse});
}

/**
 * How all services are.
 */
export interface HealthListResponse__Output {
  /**
   * The status of each service by its name. The empty name is the server as a whole.
   */
  'statuses': ({[key: string]: _grpc_health_v1_HealthCheckResponse__Output});
}
