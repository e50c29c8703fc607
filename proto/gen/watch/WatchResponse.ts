// Original file: watch.proto

import type { Change as _watch_Change, Change__Output as _watch_Change__Output } from '../watch/Change.ts';
import type { Long } from '@grpc/proto-loader';

/**
 * Some changes, or a bookmark, which has none.
 */
export interface WatchResponse {
  /**
   * In the order of their revisions. All changes of a revision come in one response.
   */
  'changes'?: (_watch_Change)[];
  /**
   * All changes up to this revision have been sent. It is the `after_revision` to continue from. It is 0 as long as the
   * state is incomplete; the first response with another number completes the state.
   */
  'revision'?: (number | string | Long);
  /**
   * The store whose revision that is.
   */
  'storeId'?: (string);
}

/**
 * Some changes, or a bookmark, which has none.
 */
export interface WatchResponse__Output {
  /**
   * In the order of their revisions. All changes of a revision come in one response.
   */
  'changes': (_watch_Change__Output)[];
  /**
   * All changes up to this revision have been sent. It is the `after_revision` to continue from. It is 0 as long as the
   * state is incomplete; the first response with another number completes the state.
   */
  'revision': (string);
  /**
   * The store whose revision that is.
   */
  'storeId': (string);
}
