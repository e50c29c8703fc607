// health: Wait until a service can be called.
//
// `Watch` of the health service sends the status of a service at once, and then each change. This function believes the first answer, whatever it is.
// Change it:
// 1. Resolve when the status is SERVING, and leave the stream then.
// 2. If the stream ends, or fails with UNAVAILABLE, call `watch` again after PAUSE milliseconds. A server that restarts does this.
// 3. Any other error is thrown.
// 4. If `signal` is aborted, end the call or the pause, and throw.
//
// You need: import { setTimeout as delay } from 'node:timers/promises', import { status } from '@grpc/grpc-js', and StatusError from 'grpc-iterables'.
import type { IterableClient } from 'grpc-iterables';
import type { HealthClient } from 'proto/gen/grpc/health/v1/Health';

export const PAUSE = 50;

export async function whenServing(
  health: Pick<IterableClient<HealthClient>, 'watch'>,
  service: string,
  signal: AbortSignal,
): Promise<void> {
  for await (const _ of health.watch({ service }, { signal })) return;
}
