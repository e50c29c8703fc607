// Original file: chatserver.proto

import type { Member as _chatserver_Member, Member__Output as _chatserver_Member__Output } from '../chatserver/Member.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * A message of another client, or an answer of the server. If `name` is empty, it is from the server.
 */
export interface FromServer {
  /**
   * The name of the sender.
   */
  'name'?: (string);
  /**
   * The text.
   */
  'message'?: (string);
  /**
   * The server has taken all of this client's messages up to this number; 0: nothing new. `read` comes with it.
   */
  'acknowledged'?: (number | string | Long);
  /**
   * The code that the server gave to the sender. It distinguishes two clients with the same name.
   */
  'code'?: (string);
  /**
   * The position of this message in the room's order. Positions rise. 0: it has none.
   */
  'position'?: (number | string | Long);
  /**
   * At most so many messages are missing here, because this client read too slowly or was away for too long; 0: none.
   */
  'dropped'?: (number | string | Long);
  /**
   * All members of the room, for a client that asked.
   */
  'members'?: (_chatserver_Member)[];
  /**
   * There are more members: another part of the answer follows.
   */
  'more'?: (boolean);
  /**
   * This client has got everything up to this position, or has sent it itself: a mark to come back with.
   */
  'read'?: (number | string | Long);
  /**
   * Members that arrived, for a client that asked for `arrivals`. A member arrives with its first message.
   */
  'arrived'?: (_chatserver_Member)[];
  /**
   * Members that left, of those that have sent a message.
   */
  'left'?: (_chatserver_Member)[];
}

/**
 * A message of another client, or an answer of the server. If `name` is empty, it is from the server.
 */
export interface FromServer__Output {
  /**
   * The name of the sender.
   */
  'name': (string);
  /**
   * The text.
   */
  'message': (string);
  /**
   * The server has taken all of this client's messages up to this number; 0: nothing new. `read` comes with it.
   */
  'acknowledged': (string);
  /**
   * The code that the server gave to the sender. It distinguishes two clients with the same name.
   */
  'code': (string);
  /**
   * The position of this message in the room's order. Positions rise. 0: it has none.
   */
  'position': (string);
  /**
   * At most so many messages are missing here, because this client read too slowly or was away for too long; 0: none.
   */
  'dropped': (string);
  /**
   * All members of the room, for a client that asked.
   */
  'members': (_chatserver_Member__Output)[];
  /**
   * There are more members: another part of the answer follows.
   */
  'more': (boolean);
  /**
   * This client has got everything up to this position, or has sent it itself: a mark to come back with.
   */
  'read': (string);
  /**
   * Members that arrived, for a client that asked for `arrivals`. A member arrives with its first message.
   */
  'arrived': (_chatserver_Member__Output)[];
  /**
   * Members that left, of those that have sent a message.
   */
  'left': (_chatserver_Member__Output)[];
}
