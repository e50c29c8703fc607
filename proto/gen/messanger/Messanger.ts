// Original file: messanger.proto

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
 * Chats, in which everyone talks, and channels, in which one talks and the others listen.
 */
export interface MessangerClient extends grpc.Client {
  /**
   * What is open, by keyword.
   */
  GetInfo(argument: _messanger_GetInfoRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  GetInfo(argument: _messanger_GetInfoRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  GetInfo(argument: _messanger_GetInfoRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  GetInfo(argument: _messanger_GetInfoRequest, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  /**
   * What is open, by keyword.
   */
  getInfo(argument: _messanger_GetInfoRequest, metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  getInfo(argument: _messanger_GetInfoRequest, metadata: grpc.Metadata, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  getInfo(argument: _messanger_GetInfoRequest, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  getInfo(argument: _messanger_GetInfoRequest, callback: grpc.requestCallback<_messanger_GetInfoResponce__Output>): grpc.ClientUnaryCall;
  
  /**
   * Listens to a chat or channel: all that is said from the response headers on, until it is closed.
   * NOT_FOUND where there is none, ABORTED when its author is lost, RESOURCE_EXHAUSTED for a reader that falls behind.
   */
  JoinChannel(argument: _messanger_JoinChannelRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_messanger_ChannelMessage__Output>;
  JoinChannel(argument: _messanger_JoinChannelRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_messanger_ChannelMessage__Output>;
  /**
   * Listens to a chat or channel: all that is said from the response headers on, until it is closed.
   * NOT_FOUND where there is none, ABORTED when its author is lost, RESOURCE_EXHAUSTED for a reader that falls behind.
   */
  joinChannel(argument: _messanger_JoinChannelRequest, metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientReadableStream<_messanger_ChannelMessage__Output>;
  joinChannel(argument: _messanger_JoinChannelRequest, options?: grpc.CallOptions): grpc.ClientReadableStream<_messanger_ChannelMessage__Output>;
  
  /**
   * Enters the chat that the first message names, opening it where there is none. Everyone else's messages come back;
   * the half-close leaves it. RESOURCE_EXHAUSTED for a reader that falls behind.
   */
  JoinChat(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_messanger_Chat, _messanger_Chat__Output>;
  JoinChat(options?: grpc.CallOptions): grpc.ClientDuplexStream<_messanger_Chat, _messanger_Chat__Output>;
  /**
   * Enters the chat that the first message names, opening it where there is none. Everyone else's messages come back;
   * the half-close leaves it. RESOURCE_EXHAUSTED for a reader that falls behind.
   */
  joinChat(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_messanger_Chat, _messanger_Chat__Output>;
  joinChat(options?: grpc.CallOptions): grpc.ClientDuplexStream<_messanger_Chat, _messanger_Chat__Output>;
  
  /**
   * Opens a channel and talks in it; the half-close closes it. The response headers say that it is open.
   * ALREADY_EXISTS where one is open.
   */
  StartChannel(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  StartChannel(metadata: grpc.Metadata, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  StartChannel(options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  StartChannel(callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  /**
   * Opens a channel and talks in it; the half-close closes it. The response headers say that it is open.
   * ALREADY_EXISTS where one is open.
   */
  startChannel(metadata: grpc.Metadata, options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  startChannel(metadata: grpc.Metadata, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  startChannel(options: grpc.CallOptions, callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  startChannel(callback: grpc.requestCallback<_messanger_StartChannelResponce__Output>): grpc.ClientWritableStream<_messanger_StartChannelRequest>;
  
}

/**
 * Chats, in which everyone talks, and channels, in which one talks and the others listen.
 */
export interface MessangerHandlers extends grpc.UntypedServiceImplementation {
  /**
   * What is open, by keyword.
   */
  GetInfo: grpc.handleUnaryCall<_messanger_GetInfoRequest__Output, _messanger_GetInfoResponce>;
  
  /**
   * Listens to a chat or channel: all that is said from the response headers on, until it is closed.
   * NOT_FOUND where there is none, ABORTED when its author is lost, RESOURCE_EXHAUSTED for a reader that falls behind.
   */
  JoinChannel: grpc.handleServerStreamingCall<_messanger_JoinChannelRequest__Output, _messanger_ChannelMessage>;
  
  /**
   * Enters the chat that the first message names, opening it where there is none. Everyone else's messages come back;
   * the half-close leaves it. RESOURCE_EXHAUSTED for a reader that falls behind.
   */
  JoinChat: grpc.handleBidiStreamingCall<_messanger_Chat__Output, _messanger_Chat>;
  
  /**
   * Opens a channel and talks in it; the half-close closes it. The response headers say that it is open.
   * ALREADY_EXISTS where one is open.
   */
  StartChannel: grpc.handleClientStreamingCall<_messanger_StartChannelRequest__Output, _messanger_StartChannelResponce>;
  
}

export interface MessangerDefinition extends grpc.ServiceDefinition {
  GetInfo: MethodDefinition<_messanger_GetInfoRequest, _messanger_GetInfoResponce, _messanger_GetInfoRequest__Output, _messanger_GetInfoResponce__Output>
  JoinChannel: MethodDefinition<_messanger_JoinChannelRequest, _messanger_ChannelMessage, _messanger_JoinChannelRequest__Output, _messanger_ChannelMessage__Output>
  JoinChat: MethodDefinition<_messanger_Chat, _messanger_Chat, _messanger_Chat__Output, _messanger_Chat__Output>
  StartChannel: MethodDefinition<_messanger_StartChannelRequest, _messanger_StartChannelResponce, _messanger_StartChannelRequest__Output, _messanger_StartChannelResponce__Output>
}
