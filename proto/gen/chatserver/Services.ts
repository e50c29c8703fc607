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
   * Joins the room at once. The client gets every message of the others. All clients get them in the same order.
   * A client leaves with a half-close. It still gets the messages until that moment.
   * 
   * Two request headers; a client can leave them out:
   * - `sender`: a secret text of the client, at most 200 characters. A client that connects again sends the same text, so
   * that the server knows which messages it already has.
   * - `after`: the mark of the last message that the client has got. The server sends all messages after it. If the mark is
   * from an earlier room, the server sends all messages of this room.
   * 
   * Two response headers, when the client has joined:
   * - `code`: the server's name for this client while the call lasts.
   * - `after`: the mark ROOM:POSITION where the client joined. If ROOM has changed, the earlier room is gone.
   * 
   * INVALID_ARGUMENT: the sender, the name or the text is not valid.
   * RESOURCE_EXHAUSTED: the client sends too fast (RetryInfo says how long to wait), or it reads too slowly.
   */
  ChatService(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  ChatService(options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  /**
   * Joins the room at once. The client gets every message of the others. All clients get them in the same order.
   * A client leaves with a half-close. It still gets the messages until that moment.
   * 
   * Two request headers; a client can leave them out:
   * - `sender`: a secret text of the client, at most 200 characters. A client that connects again sends the same text, so
   * that the server knows which messages it already has.
   * - `after`: the mark of the last message that the client has got. The server sends all messages after it. If the mark is
   * from an earlier room, the server sends all messages of this room.
   * 
   * Two response headers, when the client has joined:
   * - `code`: the server's name for this client while the call lasts.
   * - `after`: the mark ROOM:POSITION where the client joined. If ROOM has changed, the earlier room is gone.
   * 
   * INVALID_ARGUMENT: the sender, the name or the text is not valid.
   * RESOURCE_EXHAUSTED: the client sends too fast (RetryInfo says how long to wait), or it reads too slowly.
   */
  chatService(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  chatService(options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  
}

/**
 * A room in which everyone hears everyone.
 */
export interface ServicesHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Joins the room at once. The client gets every message of the others. All clients get them in the same order.
   * A client leaves with a half-close. It still gets the messages until that moment.
   * 
   * Two request headers; a client can leave them out:
   * - `sender`: a secret text of the client, at most 200 characters. A client that connects again sends the same text, so
   * that the server knows which messages it already has.
   * - `after`: the mark of the last message that the client has got. The server sends all messages after it. If the mark is
   * from an earlier room, the server sends all messages of this room.
   * 
   * Two response headers, when the client has joined:
   * - `code`: the server's name for this client while the call lasts.
   * - `after`: the mark ROOM:POSITION where the client joined. If ROOM has changed, the earlier room is gone.
   * 
   * INVALID_ARGUMENT: the sender, the name or the text is not valid.
   * RESOURCE_EXHAUSTED: the client sends too fast (RetryInfo says how long to wait), or it reads too slowly.
   */
  ChatService: grpc.handleBidiStreamingCall<_chatserver_FromClient__Output, _chatserver_FromServer>;
  
}

export interface ServicesDefinition extends grpc.ServiceDefinition {
  ChatService: MethodDefinition<_chatserver_FromClient, _chatserver_FromServer, _chatserver_FromClient__Output, _chatserver_FromServer__Output>
}
