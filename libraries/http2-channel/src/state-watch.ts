import { connectivityState } from '@grpc/grpc-js';
import { atDeadline } from './deadline.ts';

/** A connectivity state that can be watched. */
export interface StateWatch {
  readonly state: connectivityState;
  /** How many watch it. */
  readonly size: number;
  /** Nothing follows SHUTDOWN. */
  set(state: connectivityState): void;
  /** Calls `listener` at each change. Returns a function that stops that. */
  subscribe(listener: () => void): () => void;
  /**
   * Calls back once the state is another than `known`, with an error if that takes longer than `deadline`
   * (milliseconds since 1970).
   */
  onceNot(known: connectivityState, deadline: number, callback: (error?: Error) => void): void;
}

/** @param onSize is called when a watcher comes or goes */
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
      // What it throws must not reach the code that changes the state.
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
