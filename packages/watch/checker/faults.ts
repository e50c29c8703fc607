// What can go wrong with a server, its broker and the lines to it.
import { setTimeout as delay } from 'node:timers/promises';
import type { Broker } from '../test/broker.ts';
import { oneOf } from './random.ts';
import type { CheckedServer } from './servers.ts';

// In milliseconds.
const LONGEST = 800;

/**
 * Makes one fault of a random kind, and mends it.
 *
 * @returns its kind
 */
export async function makeFault(
  random: () => number,
  servers: readonly CheckedServer[],
  broker: Broker | undefined,
): Promise<string> {
  const server = oneOf(random, servers);
  const pause = () => delay(random() * LONGEST);
  const kinds: Record<string, () => Promise<void>> = {
    'server killed and started again': () => server.restart(),
    'server stopped for a while': async () => {
      server.stop();
      await pause();
      server.go();
    },
    'connection cut': async () => server.relay.cut(),
    'connection silent, then cut': async () => {
      server.relay.silence();
      await pause();
      server.relay.cut();
    },
    ...(broker
      ? {
          'broker killed and started again': async () => {
            await broker.kill();
            await pause();
            await broker.restart();
          },
        }
      : {}),
  };
  const [kind, make] = oneOf(random, Object.entries(kinds));
  await make();
  return kind;
}
