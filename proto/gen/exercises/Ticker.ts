// Original file: exercises.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Quote as _exercises_Quote, Quote__Output as _exercises_Quote__Output } from '../exercises/Quote.ts';
import type { Share as _exercises_Share, Share__Output as _exercises_Share__Output } from '../exercises/Share.ts';

/**
 * For the exercise "ticker".
 */
export interface TickerClient extends grpc.Client {
  /**
   * Each new price of a share, until the client leaves.
   */
  Follow(argument: _exercises_Share, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Quote__Output>;
  Follow(argument: _exercises_Share, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Quote__Output>;
  /**
   * Each new price of a share, until the client leaves.
   */
  follow(argument: _exercises_Share, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Quote__Output>;
  follow(argument: _exercises_Share, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Quote__Output>;
  
}

/**
 * For the exercise "ticker".
 */
export interface TickerHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Each new price of a share, until the client leaves.
   */
  Follow: grpc.handleServerStreamingCall<_exercises_Share__Output, _exercises_Quote>;
  
}

export interface TickerDefinition extends grpc.ServiceDefinition {
  Follow: MethodDefinition<_exercises_Share, _exercises_Quote, _exercises_Share__Output, _exercises_Quote__Output>
}
