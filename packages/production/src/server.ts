// Production: two small services, and around them what a service needs.
// Type `pnpm production:server` here and `pnpm production:client` in another terminal.
import { readFile } from 'node:fs/promises';
import { parseDuration, runServer } from 'cli';
import type { ServerContext } from 'grpc-iterables';
import { authenticated, callerOf } from '../auth/authenticated.ts';
import { drainOnSignals } from '../health/drain.ts';
import { healthOf } from '../health/health.ts';
import { callsAtOnce } from '../limits/calls-at-once.ts';
import { addressOf } from '../limits/client-of.ts';
import { connectionAge } from '../limits/connection-age.ts';
import { longestCall } from '../limits/longest-call.ts';
import { messagesASecond } from '../limits/messages-a-second.ts';
import { reflectionOf } from '../reflection/reflection.ts';
import { permissions, tokenRules } from './issuer.ts';
import { numberServices } from './numbers.ts';

const MINUTE = 60_000;
/** A client is identified by its token; without a token, by its address. */
const clientOf = (context: ServerContext) => callerOf(context)?.subject ?? addressOf(context);

const numbers = numberServices();
const health = healthOf(numbers);
const descriptors = await readFile(new URL('../reflection/descriptors.binpb', import.meta.url));

await runServer({
  name: 'production',
  serving: 'numbers',
  port: 8091,
  setup: (command) =>
    command.option(
      '--notice <duration>',
      'how long to say NOT_SERVING before the shutdown',
      parseDuration,
      500,
    ),
  services: () => [...numbers, health.service, ...reflectionOf([...numbers, health.service], descriptors)],
  // #region around
  around: () => ({
    middleware: [
      authenticated(tokenRules, permissions),
      callsAtOnce(10, clientOf),
      messagesASecond(1000, { clientOf }),
      longestCall(10 * MINUTE, { '/grpc.health.v1.Health/Watch': Number.POSITIVE_INFINITY }),
    ],
    channelOptions: connectionAge(30 * MINUTE),
  }),
  // #endregion around
  onSignals: (server, { notice }) => drainOnSignals(server, health, notice),
});
