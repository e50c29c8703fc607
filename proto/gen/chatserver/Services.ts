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
   * Enters the room at once: every message that another client sends comes back, in one order for all. The half-close
   * leaves it, after what was said until then.
   * 
   * The response headers say that the client is in: `code`, which is its own as long as this call lasts, and `after`,
   * a mark ROOM:POSITION of where it came in. Another ROOM than before is another room: the old one and what was said in
   * it are gone. Two request headers may be sent. `sender` is a secret of the client's own, of 200 characters at most. It
   * stays the same when the client connects again, so that the server knows what it has taken already. `after` is the mark
   * of the last message heard. The client then hears what was said since; with the mark of a room that is gone it hears
   * what was said since this room began.
   * 
   * INVALID_ARGUMENT for a sender, name or body that can't be passed on, RESOURCE_EXHAUSTED if the client sends too fast
   * (with RetryInfo) or falls too far behind in reading.
   */
  ChatService(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  ChatService(options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  /**
   * Enters the room at once: every message that another client sends comes back, in one order for all. The half-close
   * leaves it, after what was said until then.
   * 
   * The response headers say that the client is in: `code`, which is its own as long as this call lasts, and `after`,
   * a mark ROOM:POSITION of where it came in. Another ROOM than before is another room: the old one and what was said in
   * it are gone. Two request headers may be sent. `sender` is a secret of the client's own, of 200 characters at most. It
   * stays the same when the client connects again, so that the server knows what it has taken already. `after` is the mark
   * of the last message heard. The client then hears what was said since; with the mark of a room that is gone it hears
   * what was said since this room began.
   * 
   * INVALID_ARGUMENT for a sender, name or body that can't be passed on, RESOURCE_EXHAUSTED if the client sends too fast
   * (with RetryInfo) or falls too far behind in reading.
   */
  chatService(metadata: grpc.Metadata, options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  chatService(options?: grpc.CallOptions): grpc.ClientDuplexStream<_chatserver_FromClient, _chatserver_FromServer__Output>;
  
}

/**
 * A room in which everyone hears everyone.
 */
export interface ServicesHandlers extends grpc.UntypedServiceImplementation {
  /**
   * Enters the room at once: every message that another client sends comes back, in one order for all. The half-close
   * leaves it, after what was said until then.
   * 
   * The response headers say that the client is in: `code`, which is its own as long as this call lasts, and `after`,
   * a mark ROOM:POSITION of where it came in. Another ROOM than before is another room: the old one and what was said in
   * it are gone. Two request headers may be sent. `sender` is a secret of the client's own, of 200 characters at most. It
   * stays the same when the client connects again, so that the server knows what it has taken already. `after` is the mark
   * of the last message heard. The client then hears what was said since; with the mark of a room that is gone it hears
   * what was said since this room began.
   * 
   * INVALID_ARGUMENT for a sender, name or body that can't be passed on, RESOURCE_EXHAUSTED if the client sends too fast
   * (with RetryInfo) or falls too far behind in reading.
   */
  ChatService: grpc.handleBidiStreamingCall<_chatserver_FromClient__Output, _chatserver_FromServer>;
  
}

export interface ServicesDefinition extends grpc.ServiceDefinition {
  ChatService: MethodDefinition<_chatserver_FromClient, _chatserver_FromServer, _chatserver_FromClient__Output, _chatserver_FromServer__Output>
}
