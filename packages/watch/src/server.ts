// Watch: a store of keys whose changes can be watched.
// Type `pnpm watch:server` here, `pnpm watch:client watch` and `pnpm watch:client put greeting hello` in two other terminals.
import { runServer, UsageError } from 'cli';
import { memoryStore } from './memory-store.ts';
import { closing } from './refusals.ts';
import { storeService } from './service.ts';
import type { Store } from './store.ts';

function atLeastOne(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new UsageError(`"${text}" is not a whole number from 1`);
}

let store: Store | undefined;
// A watch never ends by itself. Its client is told at once, and comes back when there is a server again.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void store?.close(closing()));

await runServer({
  name: 'watch',
  serving: 'a store',
  port: 8087,
  setup: (command) =>
    command
      .option('--history <n>', 'how many changes to keep for watchers that are behind', atLeastOne, 10_000)
      .option('--history-bytes <n>', 'how many bytes these may take', atLeastOne, 64 * 1024 * 1024)
      .option('--space <n>', 'how many bytes all keys and values may take', atLeastOne, 256 * 1024 * 1024),
  services: async ({ history, historyBytes, space }) => {
    store = memoryStore({ history, historyBytes, space });
    return [storeService(store, console.log)];
  },
});
