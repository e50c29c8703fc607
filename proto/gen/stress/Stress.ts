// Original file: stress.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Message as _stress_Message, Message__Output as _stress_Message__Output } from '../stress/Message.ts';

/**
 * One method of each kind, for the harness that attacks them: what to do is in the first request.
 */
export interface StressClient extends grpc.Client {
  /**
   * One request, many responses.
   */
  Download(argument: _stress_Message, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_stress_Message__Output>;
  Download(argument: _stress_Message, options?: grpc.CallOptions): grpc.ClientReadableStream<_stress_Message__Output>;
  /**
   * One request, many responses.
   */
  download(argument: _stress_Message, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_stress_Message__Output>;
  download(argument: _stress_Message, options?: grpc.CallOptions): grpc.ClientReadableStream<_stress_Message__Output>;
  
  /**
   * Many requests, as many responses.
   */
  Exchange(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_stress_Message, _stress_Message__Output>;
  Exchange(options?: grpc.CallOptions): grpc.ClientDuplexStream<_stress_Message, _stress_Message__Output>;
  /**
   * Many requests, as many responses.
   */
  exchange(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_stress_Message, _stress_Message__Output>;
  exchange(options?: grpc.CallOptions): grpc.ClientDuplexStream<_stress_Message, _stress_Message__Output>;
  
  /**
   * One request, one response.
   */
  Unary(argument: _stress_Message, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientUnaryCall;
  Unary(argument: _stress_Message, metadata: grpc.Metadata, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientUnaryCall;
  Unary(argument: _stress_Message, options: grpc.CallOptions, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientUnaryCall;
  Unary(argument: _stress_Message, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientUnaryCall;
  /**
   * One request, one response.
   */
  unary(argument: _stress_Message, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientUnaryCall;
  unary(argument: _stress_Message, metadata: grpc.Metadata, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientUnaryCall;
  unary(argument: _stress_Message, options: grpc.CallOptions, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientUnaryCall;
  unary(argument: _stress_Message, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientUnaryCall;
  
  /**
   * Many requests, one response: how many there were.
   */
  Upload(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientWritableStream<_stress_Message>;
  Upload(metadata: grpc.Metadata, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientWritableStream<_stress_Message>;
  Upload(options: grpc.CallOptions, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientWritableStream<_stress_Message>;
  Upload(callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientWritableStream<_stress_Message>;
  /**
   * Many requests, one response: how many there were.
   */
  upload(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientWritableStream<_stress_Message>;
  upload(metadata: grpc.Metadata, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientWritableStream<_stress_Message>;
  upload(options: grpc.CallOptions, callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientWritableStream<_stress_Message>;
  upload(callback: grpc.requestCallback<_stress_Message__Output>): grpc.ClientWritableStream<_stress_Message>;
  
}

/**
 * One method of each kind, for the harness that attacks them: what to do is in the first request.
 */
export interface StressHandlers extends grpc.UntypedServiceImplementation {
  /**
   * One request, many responses.
   */
  Download: grpc.handleServerStreamingCall<_stress_Message__Output, _stress_Message>;
  
  /**
   * Many requests, as many responses.
   */
  Exchange: grpc.handleBidiStreamingCall<_stress_Message__Output, _stress_Message>;
  
  /**
   * One request, one response.
   */
  Unary: grpc.handleUnaryCall<_stress_Message__Output, _stress_Message>;
  
  /**
   * Many requests, one response: how many there were.
   */
  Upload: grpc.handleClientStreamingCall<_stress_Message__Output, _stress_Message>;
  
}

export interface StressDefinition extends grpc.ServiceDefinition {
  Download: MethodDefinition<_stress_Message, _stress_Message, _stress_Message__Output, _stress_Message__Output>
  Exchange: MethodDefinition<_stress_Message, _stress_Message, _stress_Message__Output, _stress_Message__Output>
  Unary: MethodDefinition<_stress_Message, _stress_Message, _stress_Message__Output, _stress_Message__Output>
  Upload: MethodDefinition<_stress_Message, _stress_Message, _stress_Message__Output, _stress_Message__Output>
}
