// Original file: exercises.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Which cubes to calculate.
 */
export interface Range {
  /**
   * The first number.
   */
  'first'?: (number | string | Long);
  /**
   * How many numbers. It must not be negative.
   */
  'count'?: (number);
}

/**
 * Which cubes to calculate.
 */
export interface Range__Output {
  /**
   * The first number.
   */
  'first': (string);
  /**
   * How many numbers. It must not be negative.
   */
  'count': (number);
}
