// Original file: exercises.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Place as _exercises_Place, Place__Output as _exercises_Place__Output } from '../exercises/Place.ts';
import type { Reading as _exercises_Reading, Reading__Output as _exercises_Reading__Output } from '../exercises/Reading.ts';

/**
 * For the exercise "weather".
 */
export interface WeatherClient extends grpc.Client {
  /**
   * The temperature now.
   */
  Current(argument: _exercises_Place, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_exercises_Reading__Output>): grpc.ClientUnaryCall;
  Current(argument: _exercises_Place, metadata: grpc.Metadata, callback: grpc.requestCallback<_exercises_Reading__Output>): grpc.ClientUnaryCall;
  Current(argument: _exercises_Place, options: grpc.CallOptions, callback: grpc.requestCallback<_exercises_Reading__Output>): grpc.ClientUnaryCall;
  Current(argument: _exercises_Place, callback: grpc.requestCallback<_exercises_Reading__Output>): grpc.ClientUnaryCall;
  /**
   * The temperature now.
   */
  current(argument: _exercises_Place, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_exercises_Reading__Output>): grpc.ClientUnaryCall;
  current(argument: _exercises_Place, metadata: grpc.Metadata, callback: grpc.requestCallback<_exercises_Reading__Output>): grpc.ClientUnaryCall;
  current(argument: _exercises_Place, options: grpc.CallOptions, callback: grpc.requestCallback<_exercises_Reading__Output>): grpc.ClientUnaryCall;
  current(argument: _exercises_Place, callback: grpc.requestCallback<_exercises_Reading__Output>): grpc.ClientUnaryCall;
  
  /**
   * Each new measurement, until the client leaves.
   */
  Follow(argument: _exercises_Place, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Reading__Output>;
  Follow(argument: _exercises_Place, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Reading__Output>;
  /**
   * Each new measurement, until the client leaves.
   */
  follow(argument: _exercises_Place, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Reading__Output>;
  follow(argument: _exercises_Place, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Reading__Output>;
  
}

/**
 * For the exercise "weather".
 */
export interface WeatherHandlers extends grpc.UntypedServiceImplementation {
  /**
   * The temperature now.
   */
  Current: grpc.handleUnaryCall<_exercises_Place__Output, _exercises_Reading>;
  
  /**
   * Each new measurement, until the client leaves.
   */
  Follow: grpc.handleServerStreamingCall<_exercises_Place__Output, _exercises_Reading>;
  
}

export interface WeatherDefinition extends grpc.ServiceDefinition {
  Current: MethodDefinition<_exercises_Place, _exercises_Reading, _exercises_Place__Output, _exercises_Reading__Output>
  Follow: MethodDefinition<_exercises_Place, _exercises_Reading, _exercises_Place__Output, _exercises_Reading__Output>
}
