import { setTimeout as delay } from 'node:timers/promises';
import { Metadata, status } from '@grpc/grpc-js';
import { type CallOptions, type IterableClient, StatusError } from 'grpc-iterables';
import type { HealthClient } from 'proto/gen/grpc/health/v1/Health';

/** How long to wait before the next call to a server that ended the stream, in milliseconds, plus or minus a random half. */
const PAUSE = 1000;

/**
 * Resolves when the service is SERVING. If the server has not started yet, waits for it, too.
 *
 * @param health a client of the server's health service: `connect(Health, address)`
 * @param service full name; empty for the server as a whole
 * @throws StatusError DEADLINE_EXCEEDED after `timeout` milliseconds, CANCELLED once `signal` is aborted, and
 * UNIMPLEMENTED from a server that has no health service
 */
export async function untilServing(
  health: Pick<IterableClient<HealthClient>, 'watch'>,
  service: string,
  { timeout = Number.POSITIVE_INFINITY, signal }: Pick<CallOptions, 'signal' | 'timeout'> = {},
): Promise<void> {
  const end = Date.now() + timeout;
  // The channel connects again and again, at its own pace, while a call waits for it.
  const metadata = new Metadata({ waitForReady: true });
  let last = 'not known yet';
  for (;;) {
    try {
      const answers = health.watch({ service }, { metadata, timeout: end - Date.now(), signal });
      for await (const answer of answers) {
        if (answer.status === 'SERVING') return;
        last = answer.status;
      }
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      if (error.code === status.DEADLINE_EXCEEDED) throw tooLate(service, last, timeout, error);
      if (error.code !== status.UNAVAILABLE) throw error;
    }
    const pause = Math.min(PAUSE * (0.5 + Math.random()), Math.max(end - Date.now(), 0));
    // The next call says that the signal was aborted.
    await delay(pause, undefined, signal ? { signal } : {}).catch(() => {});
  }
}

function tooLate(service: string, last: string, timeout: number, cause: StatusError): StatusError {
  const name = service === '' ? 'the server' : service;
  return new StatusError(
    status.DEADLINE_EXCEEDED,
    `${name} is not SERVING after ${timeout} ms: ${last}; ${cause.details}`,
  );
}
