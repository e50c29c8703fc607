// Original file: exercises.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Cube as _exercises_Cube, Cube__Output as _exercises_Cube__Output } from '../exercises/Cube.ts';
import type { Range as _exercises_Range, Range__Output as _exercises_Range__Output } from '../exercises/Range.ts';

/**
 * For the exercise "cubes".
 */
export interface CubesClient extends grpc.Client {
  /**
   * The cubes of `count` numbers, beginning with `first`.
   */
  From(argument: _exercises_Range, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Cube__Output>;
  From(argument: _exercises_Range, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Cube__Output>;
  /**
   * The cubes of `count` numbers, beginning with `first`.
   */
  from(argument: _exercises_Range, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Cube__Output>;
  from(argument: _exercises_Range, options?: grpc.CallOptions): grpc.ClientReadableStream<_exercises_Cube__Output>;
  
}

/**
 * For the exercise "cubes".
 */
export interface CubesHandlers extends grpc.UntypedServiceImplementation {
  /**
   * The cubes of `count` numbers, beginning with `first`.
   */
  From: grpc.handleServerStreamingCall<_exercises_Range__Output, _exercises_Cube>;
  
}

export interface CubesDefinition extends grpc.ServiceDefinition {
  From: MethodDefinition<_exercises_Range, _exercises_Cube, _exercises_Range__Output, _exercises_Cube__Output>
}
