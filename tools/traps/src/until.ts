import { setTimeout as delay } from 'node:timers/promises';

/**
 * How long to wait for an event that should never come, in milliseconds. Both sides are in one process and have
 * nothing else to do, so it does not come later either.
 */
export const NEVER = 500;
/** How long to wait for an event that must come, in milliseconds, even on a busy machine. */
export const SURELY = 10_000;

/** Waits until `condition` is true, or `patience` milliseconds have passed. */
export async function until(condition: () => boolean, patience: number): Promise<void> {
  const end = performance.now() + patience;
  while (!condition() && performance.now() < end) await delay(1);
}
