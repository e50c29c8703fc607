// Original file: stream/server_stream.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ServerStreamReq as _stream_ServerStreamReq, ServerStreamReq__Output as _stream_ServerStreamReq__Output } from '../stream/ServerStreamReq.ts';
import type { ServerStreamResp as _stream_ServerStreamResp, ServerStreamResp__Output as _stream_ServerStreamResp__Output } from '../stream/ServerStreamResp.ts';

/**
 * Server streaming: one request, many responses.
 */
export interface ServerStreamClient extends grpc.Client {
  /**
   * Sends the powers of a number: number ** 0, number ** 1, number ** 2 and so on.
   * Fails with OUT_OF_RANGE at the first power that does not fit into an int64.
   */
  Pow(argument: _stream_ServerStreamReq, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_stream_ServerStreamResp__Output>;
  Pow(argument: _stream_ServerStreamReq, options?: grpc.CallOptions): grpc.ClientReadableStream<_stream_ServerStreamResp__Output>;
  /**
   * Sends the powers of a number: number ** 0, number ** 1, number ** 2 and so on.
   * Fails with OUT_OF_RANGE at the first power that does not fit into an int64.
   */
  pow(argument: _stream_ServerStreamReq, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_stream_ServerStreamResp__Output>;
  pow(argument: _stream_ServerStreamReq, options?: grpc.CallOptions): grpc.ClientReadableStream<_stream_ServerStreamResp__Output>;
  
}

/**
 * Server streaming: one request, many responses.
 */
export interface ServerStreamHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Sends the powers of a number: number ** 0, number ** 1, number ** 2 and so on.
   * Fails with OUT_OF_RANGE at the first power that does not fit into an int64.
   */
  Pow: grpc.handleServerStreamingCall<_stream_ServerStreamReq__Output, _stream_ServerStreamResp>;
  
}

export interface ServerStreamDefinition extends grpc.ServiceDefinition {
  Pow: MethodDefinition<_stream_ServerStreamReq, _stream_ServerStreamResp, _stream_ServerStreamReq__Output, _stream_ServerStreamResp__Output>
}
