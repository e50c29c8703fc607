// Original file: grpc/health/v1/health.proto


/**
 * Asks for all services.
 */
export interface HealthListRequest {
}

/**
 * Asks for all services.
 */
export interface HealthListRequest__Output {
}
