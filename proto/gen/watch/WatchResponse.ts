// Original file: watch.proto

import type { Change as _watch_Change, Change__Output as _watch_Change__Output } from '../watch/Change.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * Some changes. A response without changes is a bookmark.
 */
export interface WatchResponse {
  /**
   * The changes, in the order of their revisions. All changes of a revision come in one response.
   */
  'changes'?: (_watch_Change)[];
  /**
   * All changes up to this revision have been sent. It is the `after_revision` to continue from. While the server sends
   * the state, it is 0. The last response of the state has the revision of the state.
   */
  'revision'?: (number | string | Long);
  /**
   * The store that `revision` belongs to.
   */
  'storeId'?: (string);
}

/**
 * Some changes. A response without changes is a bookmark.
 */
export interface WatchResponse__Output {
  /**
   * The changes, in the order of their revisions. All changes of a revision come in one response.
   */
  'changes': (_watch_Change__Output)[];
  /**
   * All changes up to this revision have been sent. It is the `after_revision` to continue from. While the server sends
   * the state, it is 0. The last response of the state has the revision of the state.
   */
  'revision': (string);
  /**
   * The store that `revision` belongs to.
   */
  'storeId': (string);
}
