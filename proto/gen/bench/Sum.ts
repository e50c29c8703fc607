// Original file: bench.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The sum of many numbers.
 */
export interface Sum {
  /**
   * Exact, wrapped to 64 bits.
   */
  'sum'?: (number | string | Long);
}

/**
 * The sum of many numbers.
 */
export interface Sum__Output {
  /**
   * Exact, wrapped to 64 bits.
   */
  'sum': (string);
}
