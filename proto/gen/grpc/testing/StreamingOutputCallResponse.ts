// Original file: interop.proto

import type { Payload as _grpc_testing_Payload, Payload__Output as _grpc_testing_Payload__Output } from '../../grpc/testing/Payload.ts';

/**
 * One response of a stream.
 */
export interface StreamingOutputCallResponse {
  /**
   * As large as its parameters say.
   */
  'payload'?: (_grpc_testing_Payload | null);
}

/**
 * One response of a stream.
 */
export interface StreamingOutputCallResponse__Output {
  /**
   * As large as its parameters say.
   */
  'payload': (_grpc_testing_Payload__Output | null);
}
