// Original file: stream/bidirectional_stream.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { AllStreamReq as _stream_AllStreamReq, AllStreamReq__Output as _stream_AllStreamReq__Output } from '../stream/AllStreamReq.ts';
import type { AllStreamResp as _stream_AllStreamResp, AllStreamResp__Output as _stream_AllStreamResp__Output } from '../stream/AllStreamResp.ts';

/**
 * Bidirectional streaming: both sides send as many messages as they like.
 */
export interface BidirectionalStreamServerClient extends grpc.Client {
  /**
   * Answers each number with its square root, as soon as the number arrives.
   * Fails with INVALID_ARGUMENT if a number is negative or NaN.
   */
  Sqrt(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_stream_AllStreamReq, _stream_AllStreamResp__Output>;
  Sqrt(options?: grpc.CallOptions): grpc.ClientDuplexStream<_stream_AllStreamReq, _stream_AllStreamResp__Output>;
  /**
   * Answers each number with its square root, as soon as the number arrives.
   * Fails with INVALID_ARGUMENT if a number is negative or NaN.
   */
  sqrt(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_stream_AllStreamReq, _stream_AllStreamResp__Output>;
  sqrt(options?: grpc.CallOptions): grpc.ClientDuplexStream<_stream_AllStreamReq, _stream_AllStreamResp__Output>;
  
}

/**
 * Bidirectional streaming: both sides send as many messages as they like.
 */
export interface BidirectionalStreamServerHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Answers each number with its square root, as soon as the number arrives.
   * Fails with INVALID_ARGUMENT if a number is negative or NaN.
   */
  Sqrt: grpc.handleBidiStreamingCall<_stream_AllStreamReq__Output, _stream_AllStreamResp>;
  
}

export interface BidirectionalStreamServerDefinition extends grpc.ServiceDefinition {
  Sqrt: MethodDefinition<_stream_AllStreamReq, _stream_AllStreamResp, _stream_AllStreamReq__Output, _stream_AllStreamResp__Output>
}
