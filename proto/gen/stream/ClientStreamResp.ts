// Original file: stream/client_stream.proto

import type { Long } from '@grpc/proto-loader';

/**
 * The answer. It comes after the client has sent its last number.
 */
export interface ClientStreamResp {
  /**
   * The exact sum.
   */
  'sum'?: (number | string | Long);
}

/**
 * The answer. It comes after the client has sent its last number.
 */
export interface ClientStreamResp__Output {
  /**
   * The exact sum.
   */
  'sum': (string);
}
