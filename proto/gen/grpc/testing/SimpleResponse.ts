// Original file: interop.proto

import type { Payload as _grpc_testing_Payload, Payload__Output as _grpc_testing_Payload__Output } from '../../grpc/testing/Payload.ts';

/**
 * The response of a unary call.
 */
export interface SimpleResponse {
  /**
   * As large as the request asked for.
   */
  'payload'?: (_grpc_testing_Payload | null);
}

/**
 * The response of a unary call.
 */
export interface SimpleResponse__Output {
  /**
   * As large as the request asked for.
   */
  'payload': (_grpc_testing_Payload__Output | null);
}
