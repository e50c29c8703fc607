import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningServer } from 'grpc-iterables';
import type { ServerHealth } from './health.ts';

/**
 * Ends a server in the order that loses no call: says NOT_SERVING, waits while clients and load balancers notice, and
 * then shuts down. Calls are still accepted during the wait.
 *
 * @param notice how long others take to notice, in milliseconds
 */
export async function drain(server: RunningServer, health: ServerHealth, notice: number): Promise<void> {
  health.stop();
  await delay(notice);
  await server.shutdown();
}

/** Drains on the first SIGINT or SIGTERM. The second one ends the process at once. */
export function drainOnSignals(server: RunningServer, health: ServerHealth, notice: number): void {
  let asked = false;
  const onSignal = (signal: 'SIGINT' | 'SIGTERM') => {
    if (asked) process.exit(128 + constants.signals[signal]);
    asked = true;
    void drain(server, health, notice);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  void server.closed.then(() => process.off('SIGINT', onSignal).off('SIGTERM', onSignal));
}
