// Original file: chatserver.proto

import type * as grpc from '@grpc/grpc-js'
import type { MethodDefinition } from '@grpc/proto-loader'
import type { FromClient as _chatserver_FromClient, FromClient__Output as _chatserver_FromClient__Output } from '../chatserver/FromClient.ts';
import type { FromServer as _chatserver_FromServer, FromServer__Output as _chatserver_FromServer__Output } from '../chatserver/FromServer.ts';

/**
 * A room in which everyone hears everyone.
 */
export interface ServicesClient extends grpc.Client {
  /**
   * Joins the room at once. Every message that another client sends arrives, in one order for all. A half-close leaves the
   * room, after all messages until then.
   * 
   * The response headers say that the client has joined. `code` names the client as long as this call lasts. `after` is the
   * mark ROOM:POSITION where it joined. If ROOM is not the same as before, the earlier room and its messages are gone.
   * 
   * Two request headers may be sent. `sender` is a secret of the client, at most 200 characters. It stays the same when the
   * client connects again, so that the server knows which messages it has already taken. `after` is the mark of the last
   * message that the client has heard. The client then hears all messages since then. If the mark is of an earlier room, it
   * hears all messages of this room.
   * 
   * INVALID_ARGUMENT for a sender, name or body that cannot be passed on. RESOURCE_EXHAUSTED if the client sends too fast
   * (with RetryInfo), or reads too slowly.
   */
  ChatService(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  ChatService(options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  /**
   * Joins the room at once. Every message that another client sends arrives, in one order for all. A half-close leaves the
   * room, after all messages until then.
   * 
   * The response headers say that the client has joined. `code` names the client as long as this call lasts. `after` is the
   * mark ROOM:POSITION where it joined. If ROOM is not the same as before, the earlier room and its messages are gone.
   * 
   * Two request headers may be sent. `sender` is a secret of the client, at most 200 characters. It stays the same when the
   * client connects again, so that the server knows which messages it has already taken. `after` is the mark of the last
   * message that the client has heard. The client then hears all messages since then. If the mark is of an earlier room, it
   * hears all messages of this room.
   * 
   * INVALID_ARGUMENT for a sender, name or body that cannot be passed on. RESOURCE_EXHAUSTED if the client sends too fast
   * (with RetryInfo), or reads too slowly.
   */
  chatService(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  chatService(options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  
}

/**
 * A room in which everyone hears everyone.
 */
export interface ServicesHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Joins the room at once. Every message that another client sends arrives, in one order for all. A half-close leaves the
   * room, after all messages until then.
   * 
   * The response headers say that the client has joined. `code` names the client as long as this call lasts. `after` is the
   * mark ROOM:POSITION where it joined. If ROOM is not the same as before, the earlier room and its messages are gone.
   * 
   * Two request headers may be sent. `sender` is a secret of the client, at most 200 characters. It stays the same when the
   * client connects again, so that the server knows which messages it has already taken. `after` is the mark of the last
   * message that the client has heard. The client then hears all messages since then. If the mark is of an earlier room, it
   * hears all messages of this room.
   * 
   * INVALID_ARGUMENT for a sender, name or body that cannot be passed on. RESOURCE_EXHAUSTED if the client sends too fast
   * (with RetryInfo), or reads too slowly.
   */
  ChatService: grpc.handleBidiStreamingCall<_chatserver_FromClient__Output, _chatserver_FromServer>;
  
}

export interface ServicesDefinition extends grpc.ServiceDefinition {
  ChatService: MethodDefinition<_chatserver_FromClient, _chatserver_FromServer, _chatserver_FromClient__Output, _chatserver_FromServer__Output>
}
