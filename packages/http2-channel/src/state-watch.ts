import type { connectivityState } from '@grpc/grpc-js';
import { atDeadline } from './deadline.ts';

/** A connectivity state that can be watched. */
export interface StateWatch {
  readonly state: connectivityState;
  /** How many wait for a change. */
  readonly size: number;
  set(state: connectivityState): void;
  /**
   * Calls back once the state is another than `known`, with an error if that takes longer than `deadline`
   * (milliseconds since 1970).
   */
  onceNot(known: connectivityState, deadline: number, callback: (error?: Error) => void): void;
}

export function stateWatch(initial: connectivityState): StateWatch {
  let state = initial;
  const watchers = new Set<() => void>();
  return {
    get state() {
      return state;
    },
    get size() {
      return watchers.size;
    },
    set(next) {
      if (next === state) return;
      state = next;
      for (const watcher of [...watchers]) watcher();
    },
    onceNot(known, deadline, callback) {
      if (state !== known) {
        process.nextTick(callback);
        return;
      }
      const cancel = atDeadline(deadline, () => {
        watchers.delete(onChange);
        callback(new Error('the deadline passed without a change of the connection'));
      });
      function onChange(): void {
        cancel();
        watchers.delete(onChange);
        callback();
      }
      watchers.add(onChange);
    },
  };
}
