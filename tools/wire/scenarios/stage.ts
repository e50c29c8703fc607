import { once } from 'node:events';
import { startRelay } from 'cli/relay';
import { type RunningServer, type Service, serve } from 'grpc-iterables';
import type { WireEvent } from '../src/events.ts';
import { startTap } from '../src/tap.ts';

/** What a scenario plays on: a server, a tap before it, and a line to the client that can be cut. */
export interface Stage {
  /** Where the client connects. */
  readonly address: string;
  readonly server: RunningServer;
  /** Resolves when the tap has seen an event, past or to come, that passes the test. */
  seen(test: (event: WireEvent) => boolean): Promise<void>;
  /** Resets the connection of the client. */
  cut(): void;
}

const GRACE_PERIOD = 50;

/**
 * Has a call made, and returns what the tap saw of it until its connection was closed.
 *
 * @param extra is between the client and the tap, for tests; it gets the tap's address, and returns its own
 */
export async function recorded(
  { services, run }: { services: Service[]; run(stage: Stage): Promise<void> },
  extra = async (address: string) => address,
): Promise<WireEvent[]> {
  const server = await serve(services, { gracePeriod: GRACE_PERIOD });
  const events: WireEvent[] = [];
  const looking = new Set<() => void>();
  const tap = await startTap({ to: server.address }, (event) => {
    events.push(event);
    for (const look of looking) look();
  });
  function seen(test: (event: WireEvent) => boolean): Promise<void> {
    return new Promise((resolve) => {
      function look() {
        if (!events.some(test)) return;
        looking.delete(look);
        resolve();
      }
      looking.add(look);
      look();
    });
  }
  const line = await startRelay(await extra(tap.address));
  try {
    await run({ address: line.address, server, seen, cut: () => line.cut() });
    await seen(({ type }) => type === 'closed');
  } finally {
    await line.close();
    await tap.close();
    await server.shutdown();
  }
  return events;
}

/** Resolves when a call is aborted; for handlers that have nothing else to do. */
export async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}
