// Original file: watch.proto

import type { WhenSlow as _watch_WhenSlow, WhenSlow__Output as _watch_WhenSlow__Output } from '../watch/WhenSlow.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * What to watch, and from where.
 */
export interface WatchRequest {
  /**
   * Keys that start with this; empty: all keys.
   */
  'prefix'?: (string);
  /**
   * Sends the changes after this revision. 0: sends the state first, then the changes after it.
   */
  'afterRevision'?: (number | string | Long);
  /**
   * The store that `after_revision` belongs to. Needed with it.
   */
  'storeId'?: (string);
  /**
   * What to do if this client reads too slowly.
   */
  'whenSlow'?: (_watch_WhenSlow);
  /**
   * Sends a bookmark if nothing else was sent for so many milliseconds, 100 to 3,600,000; 0: 10 seconds.
   */
  'bookmarkMs'?: (number);
}

/**
 * What to watch, and from where.
 */
export interface WatchRequest__Output {
  /**
   * Keys that start with this; empty: all keys.
   */
  'prefix': (string);
  /**
   * Sends the changes after this revision. 0: sends the state first, then the changes after it.
   */
  'afterRevision': (string);
  /**
   * The store that `after_revision` belongs to. Needed with it.
   */
  'storeId': (string);
  /**
   * What to do if this client reads too slowly.
   */
  'whenSlow': (_watch_WhenSlow__Output);
  /**
   * Sends a bookmark if nothing else was sent for so many milliseconds, 100 to 3,600,000; 0: 10 seconds.
   */
  'bookmarkMs': (number);
}
