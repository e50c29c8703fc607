// First others must hear of it, then the server stops. `delay` rejects if its signal is aborted, and both mean: the notice is over.
import { type EventEmitter, once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningServer } from 'grpc-iterables';

/** @param signals `process`; the check uses an emitter of its own */
export async function stopOnSigterm(
  signals: EventEmitter,
  server: Pick<RunningServer, 'shutdown'>,
  notServing: () => void,
  notice: number,
): Promise<void> {
  await once(signals, 'SIGTERM');
  notServing();
  const second = new AbortController();
  const hurry = () => second.abort();
  signals.once('SIGTERM', hurry);
  await delay(notice, undefined, { signal: second.signal }).catch(() => {});
  signals.off('SIGTERM', hurry);
  await server.shutdown();
}
