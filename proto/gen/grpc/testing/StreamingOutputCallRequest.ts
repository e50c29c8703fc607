// Original file: interop.proto

import type { PayloadType as _grpc_testing_PayloadType, PayloadType__Output as _grpc_testing_PayloadType__Output } from '../../grpc/testing/PayloadType.ts';
import type { ResponseParameters as _grpc_testing_ResponseParameters, ResponseParameters__Output as _grpc_testing_ResponseParameters__Output } from '../../grpc/testing/ResponseParameters.ts';
import type { Payload as _grpc_testing_Payload, Payload__Output as _grpc_testing_Payload__Output } from '../../grpc/testing/Payload.ts';
import type { EchoStatus as _grpc_testing_EchoStatus, EchoStatus__Output as _grpc_testing_EchoStatus__Output } from '../../grpc/testing/EchoStatus.ts';

/**
 * A request for a stream of responses.
 */
export interface StreamingOutputCallRequest {
  /**
   * What the payloads of the responses have to consist of.
   */
  'responseType'?: (_grpc_testing_PayloadType);
  /**
   * One for each response.
   */
  'responseParameters'?: (_grpc_testing_ResponseParameters)[];
  /**
   * A payload for the server.
   */
  'payload'?: (_grpc_testing_Payload | null);
  /**
   * The status that the call has to end with.
   */
  'responseStatus'?: (_grpc_testing_EchoStatus | null);
}

/**
 * A request for a stream of responses.
 */
export interface StreamingOutputCallRequest__Output {
  /**
   * What the payloads of the responses have to consist of.
   */
  'responseType': (_grpc_testing_PayloadType__Output);
  /**
   * One for each response.
   */
  'responseParameters': (_grpc_testing_ResponseParameters__Output)[];
  /**
   * A payload for the server.
   */
  'payload': (_grpc_testing_Payload__Output | null);
  /**
   * The status that the call has to end with.
   */
  'responseStatus': (_grpc_testing_EchoStatus__Output | null);
}
