// Original file: watch.proto

/**
 * What happens to a watcher whose next change is no longer in the history of the store.
 */
export const WhenSlow = {
  /**
   * The call ends with RESOURCE_EXHAUSTED.
   */
  END: 'END',
  /**
   * It gets only the latest change of each key.
   */
  LATEST: 'LATEST',
} as const;

/**
 * What happens to a watcher whose next change is no longer in the history of the store.
 */
export type WhenSlow =
  /**
   * The call ends with RESOURCE_EXHAUSTED.
   */
  | 'END'
  | 0
  /**
   * It gets only the latest change of each key.
   */
  | 'LATEST'
  | 1

/**
 * What happens to a watcher whose next change is no longer in the history of the store.
 */
export type WhenSlow__Output = typeof WhenSlow[keyof typeof WhenSlow]
