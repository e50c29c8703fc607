import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { detailsOf } from 'errors';
import { StatusError } from 'grpc-iterables';
import { newBackoff } from './backoff.ts';

export interface Retrying {
  /** Ends the waiting for another attempt. */
  readonly signal: AbortSignal | undefined;
  /** Called for each failure after which there is another attempt. */
  readonly onLost: ((reason: StatusError, retryIn: number) => void) | undefined;
}

// In milliseconds: a server cannot make this client wait for longer.
const LONGEST_DELAY = 60_000;
// A later attempt may succeed. All other codes say that something is wrong with the call itself.
const PASSING = new Set([status.UNAVAILABLE, status.RESOURCE_EXHAUSTED, status.ABORTED, status.INTERNAL]);

/**
 * Attempts something until it succeeds, and waits longer after each failure.
 *
 * @param attempt gets a function, and calls it when it has reached the server: the next wait is then short again
 * @throws what the attempt throws, if another attempt would not help or `signal` is aborted
 */
export async function tryUntilDone<Result>(
  { signal, onLost }: Retrying,
  attempt: (reached: () => void) => Promise<Result>,
): Promise<Result> {
  const backoff = newBackoff();
  for (;;) {
    try {
      return await attempt(backoff.reset);
    } catch (error) {
      if (!(error instanceof StatusError) || !PASSING.has(error.code) || signal?.aborted) throw error;
      const retryIn = Math.max(backoff.next(), retryDelayOf(error));
      onLost?.(error, retryIn);
      await delay(retryIn, undefined, signal ? { signal } : {}).catch(() => {
        throw error;
      });
    }
  }
}

/** How long the server asks to wait, in milliseconds; 0 if it does not. */
function retryDelayOf(error: StatusError): number {
  for (const detail of detailsOf(error)) {
    if (detail.type !== 'RetryInfo') continue;
    const { seconds = 0, nanos = 0 } = detail.retryDelay ?? {};
    const delay = Number(seconds) * 1000 + nanos / 1e6;
    // A timer that gets more than it takes would end at once.
    return Math.min(Math.max(delay, 0), LONGEST_DELAY);
  }
  return 0;
}
