// Original file: chatserver.proto

import type { Member as _chatserver_Member, Member__Output as _chatserver_Member__Output } from '../chatserver/Member.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * Something that others say, or an answer of the server's. Without `name` it is the server that speaks.
 */
export interface FromServer {
  /**
   * Who said it.
   */
  'name'?: (string);
  /**
   * The text.
   */
  'message'?: (string);
  /**
   * All of this client's messages up to this number are taken; 0: nothing new is known. `read` comes with it.
   */
  'acknowledged'?: (number | string | Long);
  /**
   * Tells two of one name apart: the code that the server gave to who said this.
   */
  'code'?: (string);
  /**
   * The place of this message in the room's order, which rises; 0: it has none.
   */
  'position'?: (number | string | Long);
  /**
   * How many messages this client misses here at most, because it fell behind or was away too long; 0: none.
   */
  'dropped'?: (number | string | Long);
  /**
   * Everyone in the room, for a client that asked.
   */
  'members'?: (_chatserver_Member)[];
  /**
   * There are more members: another part of the answer follows.
   */
  'more'?: (boolean);
  /**
   * Everything up to this position was sent to this client before, or is its own: a mark to come back with.
   */
  'read'?: (number | string | Long);
  /**
   * Those who arrived, for a client that asked for `arrivals`: they have said their name.
   */
  'arrived'?: (_chatserver_Member)[];
  /**
   * Those who left; each had said its name.
   */
  'left'?: (_chatserver_Member)[];
}

/**
 * Something that others say, or an answer of the server's. Without `name` it is the server that speaks.
 */
export interface FromServer__Output {
  /**
   * Who said it.
   */
  'name': (string);
  /**
   * The text.
   */
  'message': (string);
  /**
   * All of this client's messages up to this number are taken; 0: nothing new is known. `read` comes with it.
   */
  'acknowledged': (string);
  /**
   * Tells two of one name apart: the code that the server gave to who said this.
   */
  'code': (string);
  /**
   * The place of this message in the room's order, which rises; 0: it has none.
   */
  'position': (string);
  /**
   * How many messages this client misses here at most, because it fell behind or was away too long; 0: none.
   */
  'dropped': (string);
  /**
   * Everyone in the room, for a client that asked.
   */
  'members': (_chatserver_Member__Output)[];
  /**
   * There are more members: another part of the answer follows.
   */
  'more': (boolean);
  /**
   * Everything up to this position was sent to this client before, or is its own: a mark to come back with.
   */
  'read': (string);
  /**
   * Those who arrived, for a client that asked for `arrivals`: they have said their name.
   */
  'arrived': (_chatserver_Member__Output)[];
  /**
   * Those who left; each had said its name.
   */
  'left': (_chatserver_Member__Output)[];
}
