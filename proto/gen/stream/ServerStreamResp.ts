// Original file: stream/server_stream.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One power.
 */
export interface ServerStreamResp {
  /**
   * One power of the base.
   */
  'number'?: (number | string | Long);
}

/**
 * One power.
 */
export interface ServerStreamResp__Output {
  /**
   * One power of the base.
   */
  'number': (string);
}
