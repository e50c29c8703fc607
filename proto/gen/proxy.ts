import type * as grpc from '@grpc/grpc-js';
import type { EnumTypeDefinition, MessageTypeDefinition } from '@grpc/proto-loader';

import type { ChannelInfo as _messanger_ChannelInfo, ChannelInfo__Output as _messanger_ChannelInfo__Output } from './messanger/ChannelInfo.ts';
import type { ChannelMessage as _messanger_ChannelMessage, ChannelMessage__Output as _messanger_ChannelMessage__Output } from './messanger/ChannelMessage.ts';
import type { Chat as _messanger_Chat, Chat__Output as _messanger_Chat__Output } from './messanger/Chat.ts';
import type { GetInfoRequest as _messanger_GetInfoRequest, GetInfoRequest__Output as _messanger_GetInfoRequest__Output } from './messanger/GetInfoRequest.ts';
import type { GetInfoResponce as _messanger_GetInfoResponce, GetInfoResponce__Output as _messanger_GetInfoResponce__Output } from './messanger/GetInfoResponce.ts';
import type { JoinChannelRequest as _messanger_JoinChannelRequest, JoinChannelRequest__Output as _messanger_JoinChannelRequest__Output } from './messanger/JoinChannelRequest.ts';
import type { MessangerClient as _messanger_MessangerClient, MessangerDefinition as _messanger_MessangerDefinition } from './messanger/Messanger.ts';
import type { StartChannelRequest as _messanger_StartChannelRequest, StartChannelRequest__Output as _messanger_StartChannelRequest__Output } from './messanger/StartChannelRequest.ts';
import type { StartChannelResponce as _messanger_StartChannelResponce, StartChannelResponce__Output as _messanger_StartChannelResponce__Output } from './messanger/StartChannelResponce.ts';
import type { MessangerProxyClient as _proxy_MessangerProxyClient, MessangerProxyDefinition as _proxy_MessangerProxyDefinition } from './proxy/MessangerProxy.ts';

type SubtypeConstructor<Constructor extends new (...args: any) => any, Subtype> = {
  new(...args: ConstructorParameters<Constructor>): Subtype;
};

export interface ProtoGrpcType {
  messanger: {
    ChannelInfo: MessageTypeDefinition<_messanger_ChannelInfo, _messanger_ChannelInfo__Output>
    ChannelMessage: MessageTypeDefinition<_messanger_ChannelMessage, _messanger_ChannelMessage__Output>
    Chat: MessageTypeDefinition<_messanger_Chat, _messanger_Chat__Output>
    GetInfoRequest: MessageTypeDefinition<_messanger_GetInfoRequest, _messanger_GetInfoRequest__Output>
    GetInfoResponce: MessageTypeDefinition<_messanger_GetInfoResponce, _messanger_GetInfoResponce__Output>
    JoinChannelRequest: MessageTypeDefinition<_messanger_JoinChannelRequest, _messanger_JoinChannelRequest__Output>
    /**
     * Chats, in which everyone talks, and channels, in which one talks and the others listen.
     */
    Messanger: SubtypeConstructor<typeof grpc.Client, _messanger_MessangerClient> & { service: _messanger_MessangerDefinition }
    StartChannelRequest: MessageTypeDefinition<_messanger_StartChannelRequest, _messanger_StartChannelRequest__Output>
    StartChannelResponce: MessageTypeDefinition<_messanger_StartChannelResponce, _messanger_StartChannelResponce__Output>
    TypeChannel: EnumTypeDefinition
  }
  proxy: {
    /**
     * Messanger as its proxy offers it: each call is passed on as it comes, and so is what comes back.
     * UNAVAILABLE, naming the address, when Messanger can't be reached.
     */
    MessangerProxy: SubtypeConstructor<typeof grpc.Client, _proxy_MessangerProxyClient> & { service: _proxy_MessangerProxyDefinition }
  }
}

