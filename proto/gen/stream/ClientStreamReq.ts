// Original file: stream/client_stream.proto

import type { Long } from '@grpc/proto-loader';

export interface ClientStreamReq {
  /**
   * One number to add; any int64.
   */
  'data'?: (number | string | Long);
}

export interface ClientStreamReq__Output {
  /**
   * One number to add; any int64.
   */
  'data': (string);
}
