import { connectivityState } from '@grpc/grpc-js';
import { atDeadline } from './deadline.ts';

/** A connectivity state with watchers. */
export interface StateWatch {
  readonly state: connectivityState;
  /** The number of watchers. */
  readonly size: number;
  /** SHUTDOWN is final. */
  set(state: connectivityState): void;
  /** Calls `listener` at each change. @returns a function that stops this */
  subscribe(listener: () => void): () => void;
  /**
   * Calls back when the state is not `known` any more, or with an error after `deadline` (milliseconds since 1970).
   */
  onceNot(known: connectivityState, deadline: number, callback: (error?: Error) => void): void;
}

/** @param onSize called when a watcher is added or removed */
export function stateWatch(onSize: () => void): StateWatch {
  let state = connectivityState.IDLE;
  const listeners = new Set<() => void>();

  function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    onSize();
    return () => {
      listeners.delete(listener);
      onSize();
    };
  }

  return {
    get state() {
      return state;
    },
    get size() {
      return listeners.size;
    },
    set(next) {
      if (next === state || state === connectivityState.SHUTDOWN) return;
      state = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe,
    onceNot(known, deadline, callback) {
      // In a later tick, because its errors must not reach the code that changes the state.
      const finish = (error?: Error) => process.nextTick(callback, error);
      if (state !== known) {
        finish();
        return;
      }
      const cancel = atDeadline(deadline, () => {
        unsubscribe();
        finish(new Error('the deadline passed without a change of the connection'));
      });
      const unsubscribe = subscribe(() => {
        cancel();
        unsubscribe();
        finish();
      });
    },
  };
}
