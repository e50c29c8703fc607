// Original file: watch.proto

import type { Entry as _watch_Entry, Entry__Output as _watch_Entry__Output } from '../watch/Entry.ts';

/**
 * The value of the key.
 */
export interface GetResponse {
  /**
   * The key, its value, and the revision that put it.
   */
  'entry'?: (_watch_Entry | null);
  /**
   * The store whose revision that is.
   */
  'storeId'?: (string);
}

/**
 * The value of the key.
 */
export interface GetResponse__Output {
  /**
   * The key, its value, and the revision that put it.
   */
  'entry': (_watch_Entry__Output | null);
  /**
   * The store whose revision that is.
   */
  'storeId': (string);
}
