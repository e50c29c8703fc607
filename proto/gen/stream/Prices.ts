// Original file: stream/prices.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Choice as _stream_Choice, Choice__Output as _stream_Choice__Output } from '../stream/Choice.ts';
import type { Price as _stream_Price, Price__Output as _stream_Price__Output } from '../stream/Price.ts';

/**
 * Bidirectional streaming in which the two directions do not wait for each other.
 */
export interface PricesClient extends grpc.Client {
  /**
   * Sends the price of each share that the client follows, when the price changes.
   * The client may follow another share, or stop following one, at any time.
   */
  Follow(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_stream_Choice, _stream_Price__Output>;
  Follow(options?: grpc.CallOptions): grpc.ClientDuplexStream<_stream_Choice, _stream_Price__Output>;
  /**
   * Sends the price of each share that the client follows, when the price changes.
   * The client may follow another share, or stop following one, at any time.
   */
  follow(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_stream_Choice, _stream_Price__Output>;
  follow(options?: grpc.CallOptions): grpc.ClientDuplexStream<_stream_Choice, _stream_Price__Output>;
  
}

/**
 * Bidirectional streaming in which the two directions do not wait for each other.
 */
export interface PricesHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Sends the price of each share that the client follows, when the price changes.
   * The client may follow another share, or stop following one, at any time.
   */
  Follow: grpc.handleBidiStreamingCall<_stream_Choice__Output, _stream_Price>;
  
}

export interface PricesDefinition extends grpc.ServiceDefinition {
  Follow: MethodDefinition<_stream_Choice, _stream_Price, _stream_Choice__Output, _stream_Price__Output>
}
