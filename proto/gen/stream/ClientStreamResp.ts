// Original file: stream/client_stream.proto

import type { Long } from '@grpc/proto-loader';

export interface ClientStreamResp {
  /**
   * The exact sum.
   */
  'sum'?: (number | string | Long);
}

export interface ClientStreamResp__Output {
  /**
   * The exact sum.
   */
  'sum': (string);
}
