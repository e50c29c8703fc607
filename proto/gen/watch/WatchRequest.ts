// Original file: watch.proto

import type { WhenSlow as _watch_WhenSlow, WhenSlow__Output as _watch_WhenSlow__Output } from '../watch/WhenSlow.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * What to watch, and from where.
 */
export interface WatchRequest {
  /**
   * The server sends changes of keys that start with this text. If it is empty, it sends changes of all keys.
   */
  'prefix'?: (string);
  /**
   * The server sends the changes after this revision. If it is 0, the server sends the state first.
   */
  'afterRevision'?: (number | string | Long);
  /**
   * The store that `after_revision` belongs to. It may be empty if `after_revision` is 0.
   */
  'storeId'?: (string);
  /**
   * What the server does if this client reads too slowly.
   */
  'whenSlow'?: (_watch_WhenSlow);
  /**
   * If the server has sent nothing for this time, it sends a bookmark. In milliseconds, from 100 to 3,600,000.
   * 0 means 10 seconds.
   */
  'bookmarkMs'?: (number);
}

/**
 * What to watch, and from where.
 */
export interface WatchRequest__Output {
  /**
   * The server sends changes of keys that start with this text. If it is empty, it sends changes of all keys.
   */
  'prefix': (string);
  /**
   * The server sends the changes after this revision. If it is 0, the server sends the state first.
   */
  'afterRevision': (string);
  /**
   * The store that `after_revision` belongs to. It may be empty if `after_revision` is 0.
   */
  'storeId': (string);
  /**
   * What the server does if this client reads too slowly.
   */
  'whenSlow': (_watch_WhenSlow__Output);
  /**
   * If the server has sent nothing for this time, it sends a bookmark. In milliseconds, from 100 to 3,600,000.
   * 0 means 10 seconds.
   */
  'bookmarkMs': (number);
}
