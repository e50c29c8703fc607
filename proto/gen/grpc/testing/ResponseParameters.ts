// Original file: interop.proto

import type { BoolValue as _grpc_testing_BoolValue, BoolValue__Output as _grpc_testing_BoolValue__Output } from '../../grpc/testing/BoolValue.ts';

/**
 * One response that the server has to send.
 */
export interface ResponseParameters {
  /**
   * The size of its payload.
   */
  'size'?: (number);
  /**
   * How long to wait before it, in microseconds.
   */
  'intervalUs'?: (number);
  /**
   * Whether it has to be compressed.
   */
  'compressed'?: (_grpc_testing_BoolValue | null);
}

/**
 * One response that the server has to send.
 */
export interface ResponseParameters__Output {
  /**
   * The size of its payload.
   */
  'size': (number);
  /**
   * How long to wait before it, in microseconds.
   */
  'intervalUs': (number);
  /**
   * Whether it has to be compressed.
   */
  'compressed': (_grpc_testing_BoolValue__Output | null);
}
