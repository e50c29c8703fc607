/** How long to wait before the next attempt, in milliseconds. */
export interface Backoff {
  next(): number;
  /** The last attempt succeeded: the next wait is short again. */
  reset(): void;
}

const SHORTEST = 100;
const LONGEST = 5000;

/** Waits twice as long each time, less a random part of up to a half, so that a thousand clients don't come back at once. */
export function newBackoff(random: () => number = Math.random): Backoff {
  let attempts = 0;
  return {
    next() {
      const longest = Math.min(LONGEST, SHORTEST * 2 ** attempts++);
      return Math.round(longest * (1 - random() / 2));
    },
    reset() {
      attempts = 0;
    },
  };
}
