// Original file: stream/client_stream.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One of the numbers to add.
 */
export interface ClientStreamReq {
  /**
   * Its value. Every int64 is allowed.
   */
  'data'?: (number | string | Long);
}

/**
 * One of the numbers to add.
 */
export interface ClientStreamReq__Output {
  /**
   * Its value. Every int64 is allowed.
   */
  'data': (string);
}
