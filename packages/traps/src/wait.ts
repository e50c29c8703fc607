import { setTimeout as delay } from 'node:timers/promises';

// Long enough for anything that is going to happen on this machine at all; in milliseconds.
const PATIENCE = 1000;

/** Whether it settles while we wait. */
export async function settles(promise: Promise<unknown>): Promise<boolean> {
  const done = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([done, delay(PATIENCE, false)]);
}

/** A promise to settle from outside. */
export function deferred<Value = void>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
