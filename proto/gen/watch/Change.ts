// Original file: watch.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A key was put or deleted.
 */
export interface Change {
  /**
   * The key.
   */
  'key'?: (string);
  /**
   * The new value of the key. It is empty if the key was deleted.
   */
  'value'?: (Buffer | Uint8Array | string);
  /**
   * Whether the key was deleted.
   */
  'deleted'?: (boolean);
  /**
   * The revision of the change.
   */
  'revision'?: (number | string | Long);
}

/**
 * A key was put or deleted.
 */
export interface Change__Output {
  /**
   * The key.
   */
  'key': (string);
  /**
   * The new value of the key. It is empty if the key was deleted.
   */
  'value': (Buffer);
  /**
   * Whether the key was deleted.
   */
  'deleted': (boolean);
  /**
   * The revision of the change.
   */
  'revision': (string);
}
