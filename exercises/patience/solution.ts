// The details of an error are for programs. This one says if another call can help, and when.
import { setTimeout as delay } from 'node:timers/promises';
import { detailsOf } from 'errors';
import { StatusError } from 'grpc-iterables';

/** The milliseconds to wait before another call; undefined: another would not help. */
function waitAfter(error: unknown): number | undefined {
  if (!(error instanceof StatusError)) return undefined;
  const retry = detailsOf(error).find((detail) => detail.type === 'RetryInfo');
  if (!retry?.retryDelay) return undefined;
  return Number(retry.retryDelay.seconds) * 1000 + retry.retryDelay.nanos / 1e6;
}

/** What `call` resolves with, once it does. */
export async function patiently<Response>(
  call: () => Promise<Response>,
  attempts: number,
  signal: AbortSignal,
): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const wait = waitAfter(error);
      if (wait === undefined || attempt === attempts) throw error;
      await delay(wait, undefined, { signal });
    }
  }
}
