// Original file: interop.proto

import type { Payload as _grpc_testing_Payload, Payload__Output as _grpc_testing_Payload__Output } from '../../grpc/testing/Payload.ts';
import type { BoolValue as _grpc_testing_BoolValue, BoolValue__Output as _grpc_testing_BoolValue__Output } from '../../grpc/testing/BoolValue.ts';

/**
 * One request of a client stream.
 */
export interface StreamingInputCallRequest {
  /**
   * A payload for the server.
   */
  'payload'?: (_grpc_testing_Payload | null);
  /**
   * Whether this request is compressed.
   */
  'expectCompressed'?: (_grpc_testing_BoolValue | null);
}

/**
 * One request of a client stream.
 */
export interface StreamingInputCallRequest__Output {
  /**
   * A payload for the server.
   */
  'payload': (_grpc_testing_Payload__Output | null);
  /**
   * Whether this request is compressed.
   */
  'expectCompressed': (_grpc_testing_BoolValue__Output | null);
}
