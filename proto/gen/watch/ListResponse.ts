// Original file: watch.proto

import type { Entry as _watch_Entry, Entry__Output as _watch_Entry__Output } from '../watch/Entry.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * A part of the list. There is at least one.
 */
export interface ListResponse {
  /**
   * Some of the keys.
   */
  'entries'?: (_watch_Entry)[];
  /**
   * The list shows the store at this revision; the same in all parts.
   */
  'revision'?: (number | string | Long);
  /**
   * The store whose revision that is.
   */
  'storeId'?: (string);
}

/**
 * A part of the list. There is at least one.
 */
export interface ListResponse__Output {
  /**
   * Some of the keys.
   */
  'entries': (_watch_Entry__Output)[];
  /**
   * The list shows the store at this revision; the same in all parts.
   */
  'revision': (string);
  /**
   * The store whose revision that is.
   */
  'storeId': (string);
}
