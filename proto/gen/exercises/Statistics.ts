// Original file: exercises.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Average as _exercises_Average, Average__Output as _exercises_Average__Output } from '../exercises/Average.ts';
import type { Value as _exercises_Value, Value__Output as _exercises_Value__Output } from '../exercises/Value.ts';

/**
 * For the exercises "running-mean" and "window".
 */
export interface StatisticsClient extends grpc.Client {
  /**
   * Sends back each number that was not among the last ones.
   */
  Distinct(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_exercises_Value, _exercises_Value__Output>;
  Distinct(options?: grpc.CallOptions): grpc.ClientDuplexStream<_exercises_Value, _exercises_Value__Output>;
  /**
   * Sends back each number that was not among the last ones.
   */
  distinct(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_exercises_Value, _exercises_Value__Output>;
  distinct(options?: grpc.CallOptions): grpc.ClientDuplexStream<_exercises_Value, _exercises_Value__Output>;
  
  /**
   * Answers each number with the mean of all numbers so far.
   */
  Mean(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_exercises_Value, _exercises_Average__Output>;
  Mean(options?: grpc.CallOptions): grpc.ClientDuplexStream<_exercises_Value, _exercises_Average__Output>;
  /**
   * Answers each number with the mean of all numbers so far.
   */
  mean(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_exercises_Value, _exercises_Average__Output>;
  mean(options?: grpc.CallOptions): grpc.ClientDuplexStream<_exercises_Value, _exercises_Average__Output>;
  
}

/**
 * For the exercises "running-mean" and "window".
 */
export interface StatisticsHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Sends back each number that was not among the last ones.
   */
  Distinct: grpc.handleBidiStreamingCall<_exercises_Value__Output, _exercises_Value>;
  
  /**
   * Answers each number with the mean of all numbers so far.
   */
  Mean: grpc.handleBidiStreamingCall<_exercises_Value__Output, _exercises_Average>;
  
}

export interface StatisticsDefinition extends grpc.ServiceDefinition {
  Distinct: MethodDefinition<_exercises_Value, _exercises_Value, _exercises_Value__Output, _exercises_Value__Output>
  Mean: MethodDefinition<_exercises_Value, _exercises_Average, _exercises_Value__Output, _exercises_Average__Output>
}
