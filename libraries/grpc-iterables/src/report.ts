import { StatusError } from './status-error.ts';

/** Gets every error that the client must not see, because its text may contain paths or secrets. */
export type OnError = (error: unknown, path: string) => void;

export const logError: OnError = (error, path) => console.error(`${path}:`, error);

/**
 * Wraps a callback of the user. If it throws or rejects, the error is printed, and neither a call nor the process ends.
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

/** What was thrown, or an error in its place: a revoked proxy, for one, throws again as soon as it is looked at. */
export function lookedAt(thrown: unknown): unknown {
  try {
    void (thrown instanceof Error);
    return thrown;
  } catch {
    return new TypeError('what was thrown throws when it is looked at');
  }
}

/** Whether `onError` should get a handler's error. A StatusError goes to the client, and an AbortError after an abort is expected. */
export function isNews(error: unknown, signal: AbortSignal): boolean {
  if (error instanceof StatusError) return false;
  return !(signal.aborted && error instanceof Error && error.name === 'AbortError');
}
