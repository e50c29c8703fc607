// Original file: stream/client_stream.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ClientStreamReq as _stream_ClientStreamReq, ClientStreamReq__Output as _stream_ClientStreamReq__Output } from '../stream/ClientStreamReq.ts';
import type { ClientStreamResp as _stream_ClientStreamResp, ClientStreamResp__Output as _stream_ClientStreamResp__Output } from '../stream/ClientStreamResp.ts';

/**
 * Client streaming: many requests, one response.
 */
export interface ClientStreamClient extends grpc.Client {
  /**
   * Adds up the numbers that the client sends. Without any number the sum is 0.
   * Fails with OUT_OF_RANGE if the sum does not fit into an int64.
   */
  Sum(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_stream_ClientStreamResp__Output>): grpc.ClientWritableStream<_stream_ClientStreamReq>;
  Sum(metadata: grpc.Metadata, callback: grpc.requestCallback<_stream_ClientStreamResp__Output>): grpc.ClientWritableStream<_stream_ClientStreamReq>;
  Sum(options: grpc.CallOptions, callback: grpc.requestCallback<_stream_ClientStreamResp__Output>): grpc.ClientWritableStream<_stream_ClientStreamReq>;
  Sum(callback: grpc.requestCallback<_stream_ClientStreamResp__Output>): grpc.ClientWritableStream<_stream_ClientStreamReq>;
  /**
   * Adds up the numbers that the client sends. Without any number the sum is 0.
   * Fails with OUT_OF_RANGE if the sum does not fit into an int64.
   */
  sum(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_stream_ClientStreamResp__Output>): grpc.ClientWritableStream<_stream_ClientStreamReq>;
  sum(metadata: grpc.Metadata, callback: grpc.requestCallback<_stream_ClientStreamResp__Output>): grpc.ClientWritableStream<_stream_ClientStreamReq>;
  sum(options: grpc.CallOptions, callback: grpc.requestCallback<_stream_ClientStreamResp__Output>): grpc.ClientWritableStream<_stream_ClientStreamReq>;
  sum(callback: grpc.requestCallback<_stream_ClientStreamResp__Output>): grpc.ClientWritableStream<_stream_ClientStreamReq>;
  
}

/**
 * Client streaming: many requests, one response.
 */
export interface ClientStreamHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Adds up the numbers that the client sends. Without any number the sum is 0.
   * Fails with OUT_OF_RANGE if the sum does not fit into an int64.
   */
  Sum: grpc.handleClientStreamingCall<_stream_ClientStreamReq__Output, _stream_ClientStreamResp>;
  
}

export interface ClientStreamDefinition extends grpc.ServiceDefinition {
  Sum: MethodDefinition<_stream_ClientStreamReq, _stream_ClientStreamResp, _stream_ClientStreamReq__Output, _stream_ClientStreamResp__Output>
}
