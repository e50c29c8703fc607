// Original file: stream/client_stream.proto

import type { Long } from '@grpc/proto-loader';

/**
 * One number to add.
 */
export interface ClientStreamReq {
  /**
   * One number to add; any int64.
   */
  'data'?: (number | string | Long);
}

/**
 * One number to add.
 */
export interface ClientStreamReq__Output {
  /**
   * One number to add; any int64.
   */
  'data': (string);
}
