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
   * The text, at most 4,096 bytes. A request without a text only tells the server the name.
   */
  'body'?: (string);
  /**
   * The number of this message: 1, 2, 3 and so on. 0: no number, and no acknowledgement.
   * The server drops a message if it already has this number, or a higher one, from the same `sender`.
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
   * The text, at most 4,096 bytes. A request without a text only tells the server the name.
   */
  'body': (string);
  /**
   * The number of this message: 1, 2, 3 and so on. 0: no number, and no acknowledgement.
   * The server drops a message if it already has this number, or a higher one, from the same `sender`.
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
