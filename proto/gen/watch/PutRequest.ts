// Original file: watch.proto

import type { Entry as _watch_Entry, Entry__Output as _watch_Entry__Output } from '../watch/Entry.ts';

/**
 * What to put.
 */
export interface PutRequest {
  /**
   * 1 to 128 different keys, with 1 MiB of values in all.
   */
  'entries'?: (_watch_Entry)[];
}

/**
 * What to put.
 */
export interface PutRequest__Output {
  /**
   * 1 to 128 different keys, with 1 MiB of values in all.
   */
  'entries': (_watch_Entry__Output)[];
}
