import type * as grpc from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';

import type { FromClient as _chatserver_FromClient, FromClient__Output as _chatserver_FromClient__Output } from './chatserver/FromClient.ts';
import type { FromServer as _chatserver_FromServer, FromServer__Output as _chatserver_FromServer__Output } from './chatserver/FromServer.ts';
import type { Member as _chatserver_Member, Member__Output as _chatserver_Member__Output } from './chatserver/Member.ts';
import type { ServicesClient as _chatserver_ServicesClient, ServicesDefinition as _chatserver_ServicesDefinition } from './chatserver/Services.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  chatserver: {
    FromClient: MessageTypeDefinition<_chatserver_FromClient, _chatserver_FromClient__Output>
    FromServer: MessageTypeDefinition<_chatserver_FromServer, _chatserver_FromServer__Output>
    Member: MessageTypeDefinition<_chatserver_Member, _chatserver_Member__Output>
    /**
     * A room in which everyone hears everyone.
     */
    Services: SubtypeConstructor<typeof grpc.Client, _chatserver_ServicesClient> & { service: _chatserver_ServicesDefinition }
  }
}

