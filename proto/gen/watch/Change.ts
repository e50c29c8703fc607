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
   * What the key holds now; empty if it was deleted.
   */
  'value'?: (Buffer | Uint8Array | string);
  /**
   * The key is gone.
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
   * What the key holds now; empty if it was deleted.
   */
  'value': (Buffer);
  /**
   * The key is gone.
   */
  'deleted': (boolean);
  /**
   * The revision of the change.
   */
  'revision': (string);
}
