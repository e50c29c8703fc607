import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { AllStreamReq as _stream_AllStreamReq, AllStreamReq__Output as _stream_AllStreamReq__Output } from './stream/AllStreamReq.ts';
import type { AllStreamResp as _stream_AllStreamResp, AllStreamResp__Output as _stream_AllStreamResp__Output } from './stream/AllStreamResp.ts';
import type { BidirectionalStreamServerClient as _stream_BidirectionalStreamServerClient, BidirectionalStreamServerDefinition as _stream_BidirectionalStreamServerDefinition } from './stream/BidirectionalStreamServer.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  stream: {
    AllStreamReq: MessageTypeDefinition<_stream_AllStreamReq, _stream_AllStreamReq__Output>
    AllStreamResp: MessageTypeDefinition<_stream_AllStreamResp, _stream_AllStreamResp__Output>
    /**
     * Bidirectional streaming: both sides send as many messages as they like.
     */
    BidirectionalStreamServer: SubtypeConstructor<typeof grpc.Client, _stream_BidirectionalStreamServerClient> & { service: _stream_BidirectionalStreamServerDefinition }
  }
}

