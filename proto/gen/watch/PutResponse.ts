// Original file: watch.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The keys are put.
 */
export interface PutResponse {
  /**
   * The revision of all of them.
   */
  'revision'?: (number | string | Long);
  /**
   * The store whose revision that is.
   */
  'storeId'?: (string);
}

/**
 * The keys are put.
 */
export interface PutResponse__Output {
  /**
   * The revision of all of them.
   */
  'revision': (string);
  /**
   * The store whose revision that is.
   */
  'storeId': (string);
}
