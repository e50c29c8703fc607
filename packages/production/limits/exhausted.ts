import { status } from '@grpc/grpc-js';
import { detailsOf, richStatus } from 'errors';
import { StatusError } from 'grpc-iterables';

/**
 * RESOURCE_EXHAUSTED, with the limit, and when to try again.
 *
 * @param subject whose limit it is
 * @param delay milliseconds
 */
export function exhausted(subject: string, limit: string, delay: number): StatusError {
  const milliseconds = Math.ceil(delay);
  return richStatus(status.RESOURCE_EXHAUSTED, `the limit is ${limit}`, [
    { type: 'QuotaFailure', violations: [{ subject, description: limit }] },
    {
      type: 'RetryInfo',
      retryDelay: { seconds: Math.floor(milliseconds / 1000), nanos: (milliseconds % 1000) * 1e6 },
    },
  ]);
}

/** How long a server asks to wait before the next try, in milliseconds; undefined if it does not say. */
export function retryDelayOf(error: unknown): number | undefined {
  if (!(error instanceof StatusError)) return undefined;
  const retry = detailsOf(error).find((detail) => detail.type === 'RetryInfo');
  return retry?.retryDelay
    ? Number(retry.retryDelay.seconds) * 1000 + retry.retryDelay.nanos / 1e6
    : undefined;
}
