// Original file: watch.proto

/**
 * What happens to a watcher that is further behind than the store's history reaches.
 */
export const WhenSlow = {
  /**
   * The call ends with RESOURCE_EXHAUSTED.
   */
  END: 'END',
  /**
   * It gets the latest change of each key, and misses those before it.
   */
  LATEST: 'LATEST',
} as const;

/**
 * What happens to a watcher that is further behind than the store's history reaches.
 */
export type WhenSlow =
  /**
   * The call ends with RESOURCE_EXHAUSTED.
   */
  | 'END'
  | 0
  /**
   * It gets the latest change of each key, and misses those before it.
   */
  | 'LATEST'
  | 1

/**
 * What happens to a watcher that is further behind than the store's history reaches.
 */
export type WhenSlow__Output = typeof WhenSlow[keyof typeof WhenSlow]
