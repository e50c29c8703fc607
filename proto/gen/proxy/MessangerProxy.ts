// Original file: proxy.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { ChannelMessage as _messanger_ChannelMessage, ChannelMessage__Output as _messanger_ChannelMessage__Output } from '../messanger/ChannelMessage.ts';
import type { Chat as _messanger_Chat, Chat__Output as _messanger_Chat__Output } from '../messanger/Chat.ts';
import type { GetInfoRequest as _messanger_GetInfoRequest, GetInfoRequest__Output as _messanger_GetInfoRequest__Output } from '../messanger/GetInfoRequest.ts';
import type { GetInfoResponce as _messanger_GetInfoResponce, GetInfoResponce__Output as _messanger_GetInfoResponce__Output } from '../messanger/GetInfoResponce.ts';
import type { JoinChannelRequest as _messanger_JoinChannelRequest, JoinChannelRequest__Output as _messanger_JoinChannelRequest__Output } from '../messanger/JoinChannelRequest.ts';
import type { StartChannelRequest as _messanger_StartChannelRequest, StartChannelRequest__Output as _messanger_StartChannelRequest__Output } from '../messanger/StartChannelRequest.ts';
import type { StartChannelResponce as _messanger_StartChannelResponce, StartChannelResponce__Output as _messanger_StartChannelResponce__Output } from '../messanger/StartChannelResponce.ts';

/**
 * Messanger as its proxy offers it: each call is passed on as it comes, and so is what comes back.
 * UNAVAILABLE, naming the address, when Messanger can't be reached.
 */
export interface MessangerProxyClient extends grpc.Client {
  /**
   * As /messanger.Messanger/GetInfo.
   */
  GetInfo(argument: _messanger_GetInfoRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  GetInfo(argument: _messanger_GetInfoRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  GetInfo(argument: _messanger_GetInfoRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  GetInfo(argument: _messanger_GetInfoRequest, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  /**
   * As /messanger.Messanger/GetInfo.
   */
  getInfo(argument: _messanger_GetInfoRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  getInfo(argument: _messanger_GetInfoRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  getInfo(argument: _messanger_GetInfoRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  getInfo(argument: _messanger_GetInfoRequest, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  
  /**
   * As /messanger.Messanger/JoinChannel.
   */
  JoinChannel(argument: _messanger_JoinChannelRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_messanger_ChannelMessage__Output>;
  JoinChannel(argument: _messanger_JoinChannelRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_messanger_ChannelMessage__Output>;
  /**
   * As /messanger.Messanger/JoinChannel.
   */
  joinChannel(argument: _messanger_JoinChannelRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_messanger_ChannelMessage__Output>;
  joinChannel(argument: _messanger_JoinChannelRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_messanger_ChannelMessage__Output>;
  
  /**
   * As /messanger.Messanger/JoinChat.
   */
  JoinChat(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_messanger_Chat, _messanger_Chat__Output>;
  JoinChat(options?: grpc.CallOptions): grpc.ClientDuplexStream<_messanger_Chat, _messanger_Chat__Output>;
  /**
   * As /messanger.Messanger/JoinChat.
   */
  joinChat(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_messanger_Chat, _messanger_Chat__Output>;
  joinChat(options?: grpc.CallOptions): grpc.ClientDuplexStream<_messanger_Chat, _messanger_Chat__Output>;
  
  /**
   * As /messanger.Messanger/StartChannel.
   */
  StartChannel(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  StartChannel(metadata: grpc.Metadata, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  StartChannel(options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  StartChannel(callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  /**
   * As /messanger.Messanger/StartChannel.
   */
  startChannel(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  startChannel(metadata: grpc.Metadata, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  startChannel(options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  startChannel(callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  
}

/**
 * Messanger as its proxy offers it: each call is passed on as it comes, and so is what comes back.
 * UNAVAILABLE, naming the address, when Messanger can't be reached.
 */
export interface MessangerProxyHandlers extends grpc.UntypedServiceImplementation {
  /**
   * As /messanger.Messanger/GetInfo.
   */
  GetInfo: grpc.handleUnaryCall<_messanger_GetInfoRequest__Output, _messanger_GetInfoResponce>;
  
  /**
   * As /messanger.Messanger/JoinChannel.
   */
  JoinChannel: grpc.handleServerStreamingCall<_messanger_JoinChannelRequest__Output, _messanger_ChannelMessage>;
  
  /**
   * As /messanger.Messanger/JoinChat.
   */
  JoinChat: grpc.handleBidiStreamingCall<_messanger_Chat__Output, _messanger_Chat>;
  
  /**
   * As /messanger.Messanger/StartChannel.
   */
  StartChannel: grpc.handleClientStreamingCall<_messanger_StartChannelRequest__Output, _messanger_StartChannelResponce>;
  
}

export interface MessangerProxyDefinition extends grpc.ServiceDefinition {
  GetInfo: MethodDefinition<_messanger_GetInfoRequest, _messanger_GetInfoResponce, _messanger_GetInfoRequest__Output, _messanger_GetInfoResponce__Output>
  JoinChannel: MethodDefinition<_messanger_JoinChannelRequest, _messanger_ChannelMessage, _messanger_JoinChannelRequest__Output, _messanger_ChannelMessage__Output>
  JoinChat: MethodDefinition<_messanger_Chat, _messanger_Chat, _messanger_Chat__Output, _messanger_Chat__Output>
  StartChannel: MethodDefinition<_messanger_StartChannelRequest, _messanger_StartChannelResponce, _messanger_StartChannelRequest__Output, _messanger_StartChannelResponce__Output>
}
