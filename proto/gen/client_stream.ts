import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { ClientStreamClient as _stream_ClientStreamClient, ClientStreamDefinition as _stream_ClientStreamDefinition } from './stream/ClientStream.ts';
import type { ClientStreamReq as _stream_ClientStreamReq, ClientStreamReq__Output as _stream_ClientStreamReq__Output } from './stream/ClientStreamReq.ts';
import type { ClientStreamResp as _stream_ClientStreamResp, ClientStreamResp__Output as _stream_ClientStreamResp__Output } from './stream/ClientStreamResp.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  stream: {
    /**
     * Client streaming: many requests, one response.
     */
    ClientStream: SubtypeConstructor<typeof grpc.Client, _stream_ClientStreamClient> & { service: _stream_ClientStreamDefinition }
    ClientStreamReq: MessageTypeDefinition<_stream_ClientStreamReq, _stream_ClientStreamReq__Output>
    ClientStreamResp: MessageTypeDefinition<_stream_ClientStreamResp, _stream_ClientStreamResp__Output>
  }
}

