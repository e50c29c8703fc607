// `return` inside of the loop leaves the stream, and cancels its call. Everything else that ends the stream leads to the next call or to the caller.
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { type IterableClient, StatusError } from 'grpc-iterables';
import type { HealthClient } from 'proto/gen/grpc/health/v1/Health';

export const PAUSE = 50;

export async function whenServing(
  health: Pick<IterableClient<HealthClient>, 'watch'>,
  service: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      for await (const answer of health.watch({ service }, { signal }))
        if (answer.status === 'SERVING') return;
    } catch (error) {
      if (!(error instanceof StatusError) || error.code !== status.UNAVAILABLE) throw error;
    }
    await delay(PAUSE, undefined, { signal });
  }
}
