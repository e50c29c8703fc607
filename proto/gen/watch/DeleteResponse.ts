// Original file: watch.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The keys are gone.
 */
export interface DeleteResponse {
  /**
   * The revision that deleted them; if none of them existed, the store's current revision.
   */
  'revision'?: (number | string | Long);
  /**
   * The store whose revision that is.
   */
  'storeId'?: (string);
  /**
   * How many of the keys existed.
   */
  'deleted'?: (number);
}

/**
 * The keys are gone.
 */
export interface DeleteResponse__Output {
  /**
   * The revision that deleted them; if none of them existed, the store's current revision.
   */
  'revision': (string);
  /**
   * The store whose revision that is.
   */
  'storeId': (string);
  /**
   * How many of the keys existed.
   */
  'deleted': (number);
}
