// Every ending again, with a middleware on both sides that changes nothing.
import { everywhere as onServers } from '../test/echo-server.ts';
import { everywhere as onClients } from '../test/transport.ts';
import type { ClientContext, Middleware, ServerContext } from './index.ts';

const passThrough = <Context>(): Middleware<Context>[] => [
  async function* (call, next) {
    yield* next(call);
  },
  (call, next) => next(call),
];
onServers.push(...passThrough<ServerContext>());
onClients.push(...passThrough<ClientContext>());
await import('./endings.test.ts');
