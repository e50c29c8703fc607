// Original file: stream/server_stream.proto

import type { Long } from '@grpc/proto-loader';

export interface ServerStreamResp {
  /**
   * One power of the base.
   */
  'number'?: (number | string | Long);
}

export interface ServerStreamResp__Output {
  /**
   * One power of the base.
   */
  'number': (string);
}
