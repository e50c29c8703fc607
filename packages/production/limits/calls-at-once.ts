import type { Middleware, ServerContext } from 'grpc-iterables';
import { addressOf, type ClientOf } from './client-of.ts';
import { exhausted } from './exhausted.ts';

/** When to try again, in milliseconds. The server does not know when a call ends, and a client should not ask all the time. */
const TRY_AGAIN = 1000;

/**
 * Server middleware that allows each client this many open calls; one more is RESOURCE_EXHAUSTED.
 *
 * @throws RangeError if `most` is not above 0
 *
 * @example
 * await serve(services, { middleware: [callsAtOnce(100)] });
 */
export function callsAtOnce(most: number, clientOf: ClientOf = addressOf): Middleware<ServerContext> {
  if (!(most > 0)) throw new RangeError(`most is ${most}; it has to be above 0`);
  const open = new Map<string, number>();
  return async function* (call, next) {
    const client = clientOf(call.context);
    const before = open.get(client) ?? 0;
    if (before >= most) throw exhausted(client, `${most} open calls for each client`, TRY_AGAIN);
    open.set(client, before + 1);
    try {
      yield* next(call);
    } finally {
      const left = (open.get(client) ?? 1) - 1;
      if (left > 0) open.set(client, left);
      else open.delete(client);
    }
  };
}
