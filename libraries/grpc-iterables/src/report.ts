import { checkStatus, StatusError } from './status-error.ts';

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
    new Promise((resolve) => resolve(callback(...args))).catch((error) => print(`${name} failed:`, error));
  };
}

/** An error may throw when it is printed: its stack, for one, may be a getter. */
function print(text: string, error: unknown): void {
  try {
    console.error(text, error);
  } catch {
    console.error(text, 'the error throws when it is printed');
  }
}

/**
 * What was thrown, or an error in its place. A revoked proxy, for one, throws again as soon as it is looked at. And a StatusError
 * that was changed may be a status that cannot be sent.
 */
export function lookedAt(thrown: unknown): unknown {
  try {
    if (thrown instanceof StatusError) checkStatus(thrown.code, thrown.details, thrown.metadata);
    else if (thrown instanceof Error) void thrown.name;
    return thrown;
  } catch {
    return new TypeError(
      'what was thrown throws when it is looked at, or is a StatusError that was made invalid',
    );
  }
}

/** Whether `onError` should get a handler's error. A StatusError goes to the client, and an AbortError after an abort is expected. */
export function isNews(error: unknown, signal: AbortSignal): boolean {
  if (error instanceof StatusError) return false;
  return !(signal.aborted && error instanceof Error && error.name === 'AbortError');
}
