// Original file: stream/server_stream.proto

import type { Long } from '@grpc/proto-loader';

/**
 * Which powers are wanted.
 */
export interface ServerStreamReq {
  /**
   * The base; any int64.
   */
  'number'?: (number | string | Long);
  /**
   * How many powers to send; 0 means ten. Not negative.
   */
  'count'?: (number);
}

/**
 * Which powers are wanted.
 */
export interface ServerStreamReq__Output {
  /**
   * The base; any int64.
   */
  'number': (string);
  /**
   * How many powers to send; 0 means ten. Not negative.
   */
  'count': (number);
}
