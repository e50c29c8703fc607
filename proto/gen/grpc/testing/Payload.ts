// Original file: interop.proto

import type { PayloadType as _grpc_testing_PayloadType, PayloadType__Output as _grpc_testing_PayloadType__Output } from '../../grpc/testing/PayloadType.ts';

/**
 * Bytes that make a message large.
 */
export interface Payload {
  /**
   * What the body consists of.
   */
  'type'?: (_grpc_testing_PayloadType);
  /**
   * The bytes.
   */
  'body'?: (Buffer | Uint8Array | string);
}

/**
 * Bytes that make a message large.
 */
export interface Payload__Output {
  /**
   * What the body consists of.
   */
  'type': (_grpc_testing_PayloadType__Output);
  /**
   * The bytes.
   */
  'body': (Buffer);
}
