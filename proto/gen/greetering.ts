import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { GreeteringClient as _proto_GreeteringClient, GreeteringDefinition as _proto_GreeteringDefinition } from './proto/Greetering.ts';
import type { HelloReq as _proto_HelloReq, HelloReq__Output as _proto_HelloReq__Output } from './proto/HelloReq.ts';
import type { HelloResp as _proto_HelloResp, HelloResp__Output as _proto_HelloResp__Output } from './proto/HelloResp.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  proto: {
    /**
     * Greetings in all four kinds of call. Each kind shows how a call can fail.
     */
    Greetering: SubtypeConstructor<typeof grpc.Client, _proto_GreeteringClient> & { service: _proto_GreeteringDefinition }
    HelloReq: MessageTypeDefinition<_proto_HelloReq, _proto_HelloReq__Output>
    HelloResp: MessageTypeDefinition<_proto_HelloResp, _proto_HelloResp__Output>
  }
}

