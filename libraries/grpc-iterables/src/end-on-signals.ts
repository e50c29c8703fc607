import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Shuts down on the first SIGINT or SIGTERM. The second one ends the process at once, with the exit status that a shell gives
 * to a process that was killed by this signal.
 */
export function endOnSignals(shutdown: () => Promise<void>, closed: Promise<void>): void {
  let asked = false;
  const onSignal = (signal: (typeof SIGNALS)[number]) => {
    if (asked) process.exit(128 + constants.signals[signal]);
    asked = true;
    void shutdown();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  void closed.then(() => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  });
}
