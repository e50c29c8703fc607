// Original file: greetering.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { HelloReq as _proto_HelloReq, HelloReq__Output as _proto_HelloReq__Output } from '../proto/HelloReq.ts';
import type { HelloResp as _proto_HelloResp, HelloResp__Output as _proto_HelloResp__Output } from '../proto/HelloResp.ts';

/**
 * Greetings in all four kinds of call. Each kind shows how a call can fail.
 */
export interface GreeteringClient extends grpc.Client {
  /**
   * Greets all names in one message, after the client has sent the last name.
   */
  GreetEach(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientWritableStream<_proto_HelloReq>;
  GreetEach(metadata: grpc.Metadata, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientWritableStream<_proto_HelloReq>;
  GreetEach(options: grpc.CallOptions, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientWritableStream<_proto_HelloReq>;
  GreetEach(callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientWritableStream<_proto_HelloReq>;
  /**
   * Greets all names in one message, after the client has sent the last name.
   */
  greetEach(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientWritableStream<_proto_HelloReq>;
  greetEach(metadata: grpc.Metadata, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientWritableStream<_proto_HelloReq>;
  greetEach(options: grpc.CallOptions, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientWritableStream<_proto_HelloReq>;
  greetEach(callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientWritableStream<_proto_HelloReq>;
  
  /**
   * Greets each name as soon as it arrives.
   */
  GreetTogether(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_proto_HelloReq, _proto_HelloResp__Output>;
  GreetTogether(options?: grpc.CallOptions): grpc.ClientDuplexStream<_proto_HelloReq, _proto_HelloResp__Output>;
  /**
   * Greets each name as soon as it arrives.
   */
  greetTogether(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_proto_HelloReq, _proto_HelloResp__Output>;
  greetTogether(options?: grpc.CallOptions): grpc.ClientDuplexStream<_proto_HelloReq, _proto_HelloResp__Output>;
  
  /**
   * Greets one name.
   */
  Hello(argument: _proto_HelloReq, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientUnaryCall;
  Hello(argument: _proto_HelloReq, metadata: grpc.Metadata, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientUnaryCall;
  Hello(argument: _proto_HelloReq, options: grpc.CallOptions, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientUnaryCall;
  Hello(argument: _proto_HelloReq, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientUnaryCall;
  /**
   * Greets one name.
   */
  hello(argument: _proto_HelloReq, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientUnaryCall;
  hello(argument: _proto_HelloReq, metadata: grpc.Metadata, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientUnaryCall;
  hello(argument: _proto_HelloReq, options: grpc.CallOptions, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientUnaryCall;
  hello(argument: _proto_HelloReq, callback: grpc.requestCallback<_proto_HelloResp__Output>): grpc.ClientUnaryCall;
  
  /**
   * Sends ten messages that count down from ten to one.
   */
  StreamHello(argument: _proto_HelloReq, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_proto_HelloResp__Output>;
  StreamHello(argument: _proto_HelloReq, options?: grpc.CallOptions): grpc.ClientReadableStream<_proto_HelloResp__Output>;
  /**
   * Sends ten messages that count down from ten to one.
   */
  streamHello(argument: _proto_HelloReq, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_proto_HelloResp__Output>;
  streamHello(argument: _proto_HelloReq, options?: grpc.CallOptions): grpc.ClientReadableStream<_proto_HelloResp__Output>;
  
}

/**
 * Greetings in all four kinds of call. Each kind shows how a call can fail.
 */
export interface GreeteringHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Greets all names in one message, after the client has sent the last name.
   */
  GreetEach: grpc.handleClientStreamingCall<_proto_HelloReq__Output, _proto_HelloResp>;
  
  /**
   * Greets each name as soon as it arrives.
   */
  GreetTogether: grpc.handleBidiStreamingCall<_proto_HelloReq__Output, _proto_HelloResp>;
  
  /**
   * Greets one name.
   */
  Hello: grpc.handleUnaryCall<_proto_HelloReq__Output, _proto_HelloResp>;
  
  /**
   * Sends ten messages that count down from ten to one.
   */
  StreamHello: grpc.handleServerStreamingCall<_proto_HelloReq__Output, _proto_HelloResp>;
  
}

export interface GreeteringDefinition extends grpc.ServiceDefinition {
  GreetEach: MethodDefinition<_proto_HelloReq, _proto_HelloResp, _proto_HelloReq__Output, _proto_HelloResp__Output>
  GreetTogether: MethodDefinition<_proto_HelloReq, _proto_HelloResp, _proto_HelloReq__Output, _proto_HelloResp__Output>
  Hello: MethodDefinition<_proto_HelloReq, _proto_HelloResp, _proto_HelloReq__Output, _proto_HelloResp__Output>
  StreamHello: MethodDefinition<_proto_HelloReq, _proto_HelloResp, _proto_HelloReq__Output, _proto_HelloResp__Output>
}
