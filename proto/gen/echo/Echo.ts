// Original file: websocket.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { EchoReply as _echo_EchoReply, EchoReply__Output as _echo_EchoReply__Output } from '../echo/EchoReply.ts';
import type { EchoRequest as _echo_EchoRequest, EchoRequest__Output as _echo_EchoRequest__Output } from '../echo/EchoRequest.ts';

/**
 * What the WebSocket at /ws does, as a call.
 */
export interface EchoClient extends grpc.Client {
  /**
   * Answers each message with "server reply: " and its text, until the half-close.
   */
  Talk(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_echo_EchoRequest, _echo_EchoReply__Output>;
  Talk(options?: grpc.CallOptions): grpc.ClientDuplexStream<_echo_EchoRequest, _echo_EchoReply__Output>;
  /**
   * Answers each message with "server reply: " and its text, until the half-close.
   */
  talk(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_echo_EchoRequest, _echo_EchoReply__Output>;
  talk(options?: grpc.CallOptions): grpc.ClientDuplexStream<_echo_EchoRequest, _echo_EchoReply__Output>;
  
}

/**
 * What the WebSocket at /ws does, as a call.
 */
export interface EchoHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Answers each message with "server reply: " and its text, until the half-close.
   */
  Talk: grpc.handleBidiStreamingCall<_echo_EchoRequest__Output, _echo_EchoReply>;
  
}

export interface EchoDefinition extends grpc.ServiceDefinition {
  Talk: MethodDefinition<_echo_EchoRequest, _echo_EchoReply, _echo_EchoRequest__Output, _echo_EchoReply__Output>
}
