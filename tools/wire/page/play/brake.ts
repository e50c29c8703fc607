import { setTimeout as delay } from 'node:timers/promises';
import type { Speed } from './choices.ts';

/** Lets a loop turn only so often. */
export interface Brake {
  /** Also changes how long a turn waits that has begun. */
  set(speed: Speed): void;
  /** Resolves when the next turn is due. */
  turn(): Promise<void>;
}

const LONGEST = 2 ** 31 - 1;

export function createBrake(speed: Speed): Brake {
  let current = speed;
  let changed = new AbortController();
  return {
    set(next) {
      current = next;
      changed.abort();
      changed = new AbortController();
    },
    async turn() {
      const began = performance.now();
      while (current !== null) {
        const left = began + 1000 / current - performance.now();
        if (left <= 0) return;
        // A new speed ends the wait, and the loop computes what is left of it.
        await delay(Math.min(left, LONGEST), undefined, { signal: changed.signal }).catch(() => {});
      }
    },
  };
}
