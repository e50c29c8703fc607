// container: Stop a server without losing a call that comes a moment too late.
//
// Kubernetes stops a container with SIGTERM. For some seconds after that, clients and load balancers do not know of it, and still send calls. This
// function refuses these calls. Change it:
// 1. At SIGTERM call `notServing`, so that the health service says NOT_SERVING. For `notice` milliseconds after that, the server accepts calls as
//    before.
// 2. Then call `server.shutdown()`. It waits for the open calls, as long as the grace period of the server allows.
// 3. A second SIGTERM ends the notice at once.
// 4. Resolve when the server has stopped. Leave no listener behind.
//
// You need: import { setTimeout as delay } from 'node:timers/promises'. It takes a `signal`.
import { type EventEmitter, once } from 'node:events';
import type { RunningServer } from 'grpc-iterables';

/** @param signals `process`; the check uses an emitter of its own */
export async function stopOnSigterm(
  signals: EventEmitter,
  server: Pick<RunningServer, 'shutdown'>,
  notServing: () => void,
  notice: number,
): Promise<void> {
  await once(signals, 'SIGTERM');
  setTimeout(notServing, notice);
  await server.shutdown();
}
