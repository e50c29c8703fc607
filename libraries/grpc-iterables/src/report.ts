import { StatusError } from './status-error.ts';

/** Told of every failure that the client must not see: its text may hold paths or secrets. */
export type OnError = (error: unknown, path: string) => void;

export const logError: OnError = (error, path) => console.error(`${path}:`, error);

/**
 * A user's callback as the server calls it: if it throws, or rejects because it is an async function, that is printed,
 * and neither a call nor the process is harmed.
 */
export function harmless<Arguments extends unknown[]>(
  name: string,
  callback: (...args: Arguments) => unknown,
): (...args: Arguments) => void {
  return (...args) => {
    new Promise((resolve) => resolve(callback(...args))).catch((error) =>
      console.error(`${name} failed:`, error),
    );
  };
}

/** Whether only `onError` learns of a handler's failure: what it throws because its call was aborted says nothing new. */
export function isNews(error: unknown, signal: AbortSignal): boolean {
  if (error instanceof StatusError) return false;
  return !(signal.aborted && error instanceof Error && error.name === 'AbortError');
}
