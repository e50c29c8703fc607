// Watch: a store of keys whose changes can be watched.
// Type `pnpm watch:server` here, `pnpm watch:client watch` and `pnpm watch:client put greeting hello` in two other terminals.
import { runServer, UsageError } from 'cli';
import { memoryStore } from './memory-store.ts';
import { natsStore } from './nats-store.ts';
import { closing } from './refusals.ts';
import { storeService } from './service.ts';
import type { Store, StoreLimits } from './store.ts';

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a whole number from 1`);
}

async function storeIn(broker: string, bucket: string, limits: StoreLimits): Promise<Store> {
  if (!/^[\w-]+$/.test(bucket))
    throw new UsageError(`"${bucket}" is not the name of a bucket: letters, digits, - and _`);
  try {
    return await natsStore({ broker, bucket, ...limits });
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    throw new UsageError(`no store in ${broker}: ${reason}; start a broker with "nats-server -js"`);
  }
}

let store: Store | undefined;
// A watch never ends by itself. The server ends it at once, and its client connects again when there is a server.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void store?.close(closing()));

await runServer({
  name: 'watch',
  serving: 'a store',
  port: 8087,
  setup: (command) =>
    command
      .option('--history <n>', 'how many changes to keep for watchers that are behind', atLeastOne, 10_000)
      .option('--history-bytes <n>', 'how many bytes these may take', atLeastOne, 64 * 1024 * 1024)
      .option('--space <n>', 'how many bytes all keys and values may take', atLeastOne, 256 * 1024 * 1024)
      .option(
        '--broker <url>',
        'keep the store in NATS, as in nats://127.0.0.1:4222; default: in this process',
      )
      .option('--bucket <name>', 'the name of the bucket in the broker', 'store'),
  services: async ({ history, historyBytes, space, broker, bucket }) => {
    const limits: StoreLimits = { history, historyBytes, space };
    store = broker ? await storeIn(broker, bucket, limits) : memoryStore(limits);
    return [storeService(store, console.log)];
  },
});
