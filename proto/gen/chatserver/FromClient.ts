// Original file: chatserver.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A message or a question of a client.
 */
export interface FromClient {
  /**
   * The name of the client; 1 to 40 characters.
   */
  'name'?: (string);
  /**
   * The text, at most 4,096 bytes. An empty text is not passed on: it only announces the name.
   */
  'body'?: (string);
  /**
   * Counts the messages of a client from 1 on, so that they can be acknowledged; 0: not numbered, and not acknowledged.
   * The server drops a message if it has already taken this number, or a higher one, from the same `sender`.
   */
  'number'?: (number | string | Long);
  /**
   * Asks who is in the room; the answer comes in `members`.
   */
  'who'?: (boolean);
  /**
   * From now on the server reports who arrives and who leaves, in `arrived` and `left`.
   */
  'arrivals'?: (boolean);
}

/**
 * A message or a question of a client.
 */
export interface FromClient__Output {
  /**
   * The name of the client; 1 to 40 characters.
   */
  'name': (string);
  /**
   * The text, at most 4,096 bytes. An empty text is not passed on: it only announces the name.
   */
  'body': (string);
  /**
   * Counts the messages of a client from 1 on, so that they can be acknowledged; 0: not numbered, and not acknowledged.
   * The server drops a message if it has already taken this number, or a higher one, from the same `sender`.
   */
  'number': (string);
  /**
   * Asks who is in the room; the answer comes in `members`.
   */
  'who': (boolean);
  /**
   * From now on the server reports who arrives and who leaves, in `arrived` and `left`.
   */
  'arrivals': (boolean);
}
