// Original file: work_queue.proto

import type { Long } from '@grpc/proto-loader';

/**
 * A lease has lapsed.
 */
export interface Lapsed {
  /**
   * The lease. It still counts for the window until the worker answers it; what the answer says no longer matters.
   */
  'lease'?: (number | string | Long);
}

/**
 * A lease has lapsed.
 */
export interface Lapsed__Output {
  /**
   * The lease. It still counts for the window until the worker answers it; what the answer says no longer matters.
   */
  'lease': (string);
}
