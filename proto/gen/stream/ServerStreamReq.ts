// Original file: stream/server_stream.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Asks for the powers of a number.
 */
export interface ServerStreamReq {
  /**
   * The number. Every int64 is allowed.
   */
  'number'?: (number | string | Long);
  /**
   * How many powers to send. 0 means ten. A negative count is refused.
   */
  'count'?: (number);
}

/**
 * Asks for the powers of a number.
 */
export interface ServerStreamReq__Output {
  /**
   * The number. Every int64 is allowed.
   */
  'number': (string);
  /**
   * How many powers to send. 0 means ten. A negative count is refused.
   */
  'count': (number);
}
