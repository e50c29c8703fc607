// Original file: stream/server_stream.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One power.
 */
export interface ServerStreamResp {
  /**
   * Its exact value.
   */
  'number'?: (number | string | Long);
}

/**
 * One power.
 */
export interface ServerStreamResp__Output {
  /**
   * Its exact value.
   */
  'number': (string);
}
