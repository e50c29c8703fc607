// Original file: bench.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { Item as _bench_Item, Item__Output as _bench_Item__Output } from '../bench/Item.ts';
import type { Order as _bench_Order, Order__Output as _bench_Order__Output } from '../bench/Order.ts';
import type { Packed as _bench_Packed, Packed__Output as _bench_Packed__Output } from '../bench/Packed.ts';
import type { Sum as _bench_Sum, Sum__Output as _bench_Sum__Output } from '../bench/Sum.ts';

/**
 * One method of each kind, for measuring what a message costs.
 */
export interface BenchClient extends grpc.Client {
  /**
   * As many items as the order says.
   */
  Download(argument: _bench_Order, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_bench_Item__Output>;
  Download(argument: _bench_Order, options?: grpc.CallOptions): grpc.ClientReadableStream<_bench_Item__Output>;
  /**
   * As many items as the order says.
   */
  download(argument: _bench_Order, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_bench_Item__Output>;
  download(argument: _bench_Order, options?: grpc.CallOptions): grpc.ClientReadableStream<_bench_Item__Output>;
  
  /**
   * As many messages as the order says, of 1,000 numbers each.
   */
  DownloadPacked(argument: _bench_Order, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_bench_Packed__Output>;
  DownloadPacked(argument: _bench_Order, options?: grpc.CallOptions): grpc.ClientReadableStream<_bench_Packed__Output>;
  /**
   * As many messages as the order says, of 1,000 numbers each.
   */
  downloadPacked(argument: _bench_Order, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_bench_Packed__Output>;
  downloadPacked(argument: _bench_Order, options?: grpc.CallOptions): grpc.ClientReadableStream<_bench_Packed__Output>;
  
  /**
   * Answers each item with itself.
   */
  Exchange(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_bench_Item, _bench_Item__Output>;
  Exchange(options?: grpc.CallOptions): grpc.ClientDuplexStream<_bench_Item, _bench_Item__Output>;
  /**
   * Answers each item with itself.
   */
  exchange(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_bench_Item, _bench_Item__Output>;
  exchange(options?: grpc.CallOptions): grpc.ClientDuplexStream<_bench_Item, _bench_Item__Output>;
  
  /**
   * Answers with the request.
   */
  Unary(argument: _bench_Item, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Item__Output>): grpc.ClientUnaryCall;
  Unary(argument: _bench_Item, metadata: grpc.Metadata, callback: grpc.requestCallback<_bench_Item__Output>): grpc.ClientUnaryCall;
  Unary(argument: _bench_Item, options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Item__Output>): grpc.ClientUnaryCall;
  Unary(argument: _bench_Item, callback: grpc.requestCallback<_bench_Item__Output>): grpc.ClientUnaryCall;
  /**
   * Answers with the request.
   */
  unary(argument: _bench_Item, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Item__Output>): grpc.ClientUnaryCall;
  unary(argument: _bench_Item, metadata: grpc.Metadata, callback: grpc.requestCallback<_bench_Item__Output>): grpc.ClientUnaryCall;
  unary(argument: _bench_Item, options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Item__Output>): grpc.ClientUnaryCall;
  unary(argument: _bench_Item, callback: grpc.requestCallback<_bench_Item__Output>): grpc.ClientUnaryCall;
  
  /**
   * Answers with how many items came.
   */
  Upload(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Order__Output>): grpc.ClientWritableStream<_bench_Item>;
  Upload(metadata: grpc.Metadata, callback: grpc.requestCallback<_bench_Order__Output>): grpc.ClientWritableStream<_bench_Item>;
  Upload(options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Order__Output>): grpc.ClientWritableStream<_bench_Item>;
  Upload(callback: grpc.requestCallback<_bench_Order__Output>): grpc.ClientWritableStream<_bench_Item>;
  /**
   * Answers with how many items came.
   */
  upload(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Order__Output>): grpc.ClientWritableStream<_bench_Item>;
  upload(metadata: grpc.Metadata, callback: grpc.requestCallback<_bench_Order__Output>): grpc.ClientWritableStream<_bench_Item>;
  upload(options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Order__Output>): grpc.ClientWritableStream<_bench_Item>;
  upload(callback: grpc.requestCallback<_bench_Order__Output>): grpc.ClientWritableStream<_bench_Item>;
  
  /**
   * Answers with the sum of all numbers.
   */
  UploadPacked(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Sum__Output>): grpc.ClientWritableStream<_bench_Packed>;
  UploadPacked(metadata: grpc.Metadata, callback: grpc.requestCallback<_bench_Sum__Output>): grpc.ClientWritableStream<_bench_Packed>;
  UploadPacked(options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Sum__Output>): grpc.ClientWritableStream<_bench_Packed>;
  UploadPacked(callback: grpc.requestCallback<_bench_Sum__Output>): grpc.ClientWritableStream<_bench_Packed>;
  /**
   * Answers with the sum of all numbers.
   */
  uploadPacked(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Sum__Output>): grpc.ClientWritableStream<_bench_Packed>;
  uploadPacked(metadata: grpc.Metadata, callback: grpc.requestCallback<_bench_Sum__Output>): grpc.ClientWritableStream<_bench_Packed>;
  uploadPacked(options: grpc.CallOptions, callback: grpc.requestCallback<_bench_Sum__Output>): grpc.ClientWritableStream<_bench_Packed>;
  uploadPacked(callback: grpc.requestCallback<_bench_Sum__Output>): grpc.ClientWritableStream<_bench_Packed>;
  
}

/**
 * One method of each kind, for measuring what a message costs.
 */
export interface BenchHandlers extends grpc.UntypedServiceImplementation {
  /**
   * As many items as the order says.
   */
  Download: grpc.handleServerStreamingCall<_bench_Order__Output, _bench_Item>;
  
  /**
   * As many messages as the order says, of 1,000 numbers each.
   */
  DownloadPacked: grpc.handleServerStreamingCall<_bench_Order__Output, _bench_Packed>;
  
  /**
   * Answers each item with itself.
   */
  Exchange: grpc.handleBidiStreamingCall<_bench_Item__Output, _bench_Item>;
  
  /**
   * Answers with the request.
   */
  Unary: grpc.handleUnaryCall<_bench_Item__Output, _bench_Item>;
  
  /**
   * Answers with how many items came.
   */
  Upload: grpc.handleClientStreamingCall<_bench_Item__Output, _bench_Order>;
  
  /**
   * Answers with the sum of all numbers.
   */
  UploadPacked: grpc.handleClientStreamingCall<_bench_Packed__Output, _bench_Sum>;
  
}

export interface BenchDefinition extends grpc.ServiceDefinition {
  Download: MethodDefinition<_bench_Order, _bench_Item, _bench_Order__Output, _bench_Item__Output>
  DownloadPacked: MethodDefinition<_bench_Order, _bench_Packed, _bench_Order__Output, _bench_Packed__Output>
  Exchange: MethodDefinition<_bench_Item, _bench_Item, _bench_Item__Output, _bench_Item__Output>
  Unary: MethodDefinition<_bench_Item, _bench_Item, _bench_Item__Output, _bench_Item__Output>
  Upload: MethodDefinition<_bench_Item, _bench_Order, _bench_Item__Output, _bench_Order__Output>
  UploadPacked: MethodDefinition<_bench_Packed, _bench_Sum, _bench_Packed__Output, _bench_Sum__Output>
}
