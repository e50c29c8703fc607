// Original file: interop.proto

import type { PayloadType as _grpc_testing_PayloadType, PayloadType__Output as _grpc_testing_PayloadType__Output } from '../../grpc/testing/PayloadType.ts';
import type { Payload as _grpc_testing_Payload, Payload__Output as _grpc_testing_Payload__Output } from '../../grpc/testing/Payload.ts';
import type { BoolValue as _grpc_testing_BoolValue, BoolValue__Output as _grpc_testing_BoolValue__Output } from '../../grpc/testing/BoolValue.ts';
import type { EchoStatus as _grpc_testing_EchoStatus, EchoStatus__Output as _grpc_testing_EchoStatus__Output } from '../../grpc/testing/EchoStatus.ts';

/**
 * The request of a unary call.
 */
export interface SimpleRequest {
  /**
   * What the payload of the response has to consist of.
   */
  'responseType'?: (_grpc_testing_PayloadType);
  /**
   * The size of the response's payload.
   */
  'responseSize'?: (number);
  /**
   * A payload for the server.
   */
  'payload'?: (_grpc_testing_Payload | null);
  /**
   * Whether the response has to be compressed.
   */
  'responseCompressed'?: (_grpc_testing_BoolValue | null);
  /**
   * The status that the call has to end with.
   */
  'responseStatus'?: (_grpc_testing_EchoStatus | null);
  /**
   * Whether this request is compressed.
   */
  'expectCompressed'?: (_grpc_testing_BoolValue | null);
}

/**
 * The request of a unary call.
 */
export interface SimpleRequest__Output {
  /**
   * What the payload of the response has to consist of.
   */
  'responseType': (_grpc_testing_PayloadType__Output);
  /**
   * The size of the response's payload.
   */
  'responseSize': (number);
  /**
   * A payload for the server.
   */
  'payload': (_grpc_testing_Payload__Output | null);
  /**
   * Whether the response has to be compressed.
   */
  'responseCompressed': (_grpc_testing_BoolValue__Output | null);
  /**
   * The status that the call has to end with.
   */
  'responseStatus': (_grpc_testing_EchoStatus__Output | null);
  /**
   * Whether this request is compressed.
   */
  'expectCompressed': (_grpc_testing_BoolValue__Output | null);
}
