// Original file: exercises.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One cube.
 */
export interface Cube {
  /**
   * The exact cube of a number.
   */
  'cube'?: (number | string | Long);
}

/**
 * One cube.
 */
export interface Cube__Output {
  /**
   * The exact cube of a number.
   */
  'cube': (string);
}
