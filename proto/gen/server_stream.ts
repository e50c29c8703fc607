import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { ServerStreamClient as _stream_ServerStreamClient, ServerStreamDefinition as _stream_ServerStreamDefinition } from './stream/ServerStream.ts';
import type { ServerStreamReq as _stream_ServerStreamReq, ServerStreamReq__Output as _stream_ServerStreamReq__Output } from './stream/ServerStreamReq.ts';
import type { ServerStreamResp as _stream_ServerStreamResp, ServerStreamResp__Output as _stream_ServerStreamResp__Output } from './stream/ServerStreamResp.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  stream: {
    /**
     * Server streaming: one request, many responses.
     */
    ServerStream: SubtypeConstructor<typeof grpc.Client, _stream_ServerStreamClient> & { service: _stream_ServerStreamDefinition }
    ServerStreamReq: MessageTypeDefinition<_stream_ServerStreamReq, _stream_ServerStreamReq__Output>
    ServerStreamResp: MessageTypeDefinition<_stream_ServerStreamResp, _stream_ServerStreamResp__Output>
  }
}

