// Original file: chatserver.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Something that a client says, or asks.
 */
export interface FromClient {
  /**
   * Who says it; 1 to 40 characters.
   */
  'name'?: (string);
  /**
   * The text, 4,096 bytes at most; an empty one is not passed on, and tells the name only.
   */
  'body'?: (string);
  /**
   * Counts the messages of a client from 1 on, to have them acknowledged; 0: not numbered, and not acknowledged.
   * A message whose number is not above those that the server has taken from the same `sender` is dropped.
   */
  'number'?: (number | string | Long);
  /**
   * Asks who is in the room; the answer comes in `members`.
   */
  'who'?: (boolean);
  /**
   * Asks to be told from now on who arrives and who leaves, in `arrived` and `left`.
   */
  'arrivals'?: (boolean);
}

/**
 * Something that a client says, or asks.
 */
export interface FromClient__Output {
  /**
   * Who says it; 1 to 40 characters.
   */
  'name': (string);
  /**
   * The text, 4,096 bytes at most; an empty one is not passed on, and tells the name only.
   */
  'body': (string);
  /**
   * Counts the messages of a client from 1 on, to have them acknowledged; 0: not numbered, and not acknowledged.
   * A message whose number is not above those that the server has taken from the same `sender` is dropped.
   */
  'number': (string);
  /**
   * Asks who is in the room; the answer comes in `members`.
   */
  'who': (boolean);
  /**
   * Asks to be told from now on who arrives and who leaves, in `arrived` and `left`.
   */
  'arrivals': (boolean);
}
