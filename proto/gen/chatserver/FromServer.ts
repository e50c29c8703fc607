// Original file: chatserver.proto

import type { Member as _chatserver_Member, Member__Output as _chatserver_Member__Output } from '../chatserver/Member.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * A message of another client, or something that the server says. If `name` is empty, it is from the server.
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
   * The server has all messages of this client up to this number. 0: nothing new.
   */
  'acknowledged'?: (number | string | Long);
  /**
   * The server's code for the sender. Two clients with the same name have different codes.
   */
  'code'?: (string);
  /**
   * The position of this message in the room. Each message has a higher position than the one before. 0: no position.
   */
  'position'?: (number | string | Long);
  /**
   * How many messages are missing here, at most. The client has read too slowly, or was away for too long. 0: none.
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
   * Comes with `acknowledged`. The server has sent everything up to this position, except the client's own messages.
   */
  'read'?: (number | string | Long);
  /**
   * Members that arrived, for a client that asked for `arrivals`. A member arrives with its first request.
   */
  'arrived'?: (_chatserver_Member)[];
  /**
   * Members that left, for a client that asked for `arrivals`.
   */
  'left'?: (_chatserver_Member)[];
}

/**
 * A message of another client, or something that the server says. If `name` is empty, it is from the server.
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
   * The server has all messages of this client up to this number. 0: nothing new.
   */
  'acknowledged': (string);
  /**
   * The server's code for the sender. Two clients with the same name have different codes.
   */
  'code': (string);
  /**
   * The position of this message in the room. Each message has a higher position than the one before. 0: no position.
   */
  'position': (string);
  /**
   * How many messages are missing here, at most. The client has read too slowly, or was away for too long. 0: none.
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
   * Comes with `acknowledged`. The server has sent everything up to this position, except the client's own messages.
   */
  'read': (string);
  /**
   * Members that arrived, for a client that asked for `arrivals`. A member arrives with its first request.
   */
  'arrived': (_chatserver_Member__Output)[];
  /**
   * Members that left, for a client that asked for `arrivals`.
   */
  'left': (_chatserver_Member__Output)[];
}
