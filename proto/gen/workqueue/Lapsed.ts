// Original file: work_queue.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A lease has lapsed.
 */
export interface Lapsed {
  /**
   * The lease. It counts for the window until the worker answers it. The server ignores whether that answer is ack or nack.
   */
  'lease'?: (number | string | Long);
}

/**
 * A lease has lapsed.
 */
export interface Lapsed__Output {
  /**
   * The lease. It counts for the window until the worker answers it. The server ignores whether that answer is ack or nack.
   */
  'lease': (string);
}
