import { setTimeout as delay } from 'node:timers/promises';

/**
 * For what grpc-js never does, in milliseconds. Both sides are in one process and have nothing else to do: what has
 * not happened by then is not going to.
 */
export const NEVER = 500;
/** For what has to happen, however busy the machine is, in milliseconds. */
export const SURELY = 10_000;

/** Waits until `condition` holds, or `patience` milliseconds have passed. */
export async function until(condition: () => boolean, patience: number): Promise<void> {
  const end = performance.now() + patience;
  while (!condition() && performance.now() < end) await delay(1);
}
