// What can go wrong with a server, its broker and the connections to it.
import { setTimeout as delay } from 'node:timers/promises';
import type { Broker } from 'cli/broker';
import { oneOf } from './random.ts';
import type { CheckedServer } from './servers.ts';

/** Makes a fault, repairs it, and resolves with its kind. */
export type MakeFault = () => Promise<string>;

// In milliseconds.
const LONGEST = 800;

/** Faults in a random order, each kind as often as the others. */
export function newFaults(
  random: () => number,
  servers: readonly CheckedServer[],
  broker: Broker | undefined,
): MakeFault {
  const pause = () => delay(random() * LONGEST);
  const kinds: Record<string, (server: CheckedServer) => Promise<void>> = {
    'server killed and started again': (server) => server.restart(),
    'server stopped for a while': async (server) => {
      server.stop();
      await pause();
      server.go();
    },
    'connection cut': async (server) => server.relay.cut(),
    'connection silent, then cut': async (server) => {
      server.relay.silence();
      await pause();
      server.relay.cut();
    },
  };
  if (broker) {
    kinds['broker killed and started again'] = async () => {
      await broker.kill();
      await pause();
      await broker.restart();
    };
  }
  let round: string[] = [];

  return async () => {
    if (round.length === 0) round = Object.keys(kinds);
    const kind = oneOf(random, round);
    round = round.filter((other) => other !== kind);
    await kinds[kind]?.(oneOf(random, servers));
    return kind;
  };
}
