import type { Middleware, ServerContext } from 'grpc-iterables';
import { addressOf, type ClientOf } from './client-of.ts';
import { exhausted } from './exhausted.ts';
import { tokenBuckets } from './token-buckets.ts';

/**
 * Server middleware that lets each client send this many requests a second, in all its calls together. One more ends
 * its call with RESOURCE_EXHAUSTED.
 *
 * Responses are not counted: a client gets no more of them than it reads.
 *
 * @param burst how many may come at once after a pause
 * @throws RangeError for a rate or a burst that would allow no message
 *
 * @example
 * await serve(services, { middleware: [messagesASecond(1000)] });
 */
export function messagesASecond(
  rate: number,
  { burst = rate, clientOf = addressOf }: { burst?: number; clientOf?: ClientOf } = {},
): Middleware<ServerContext> {
  if (!(rate > 0)) throw new RangeError(`rate is ${rate}; it has to be above 0`);
  if (!(burst >= 1)) throw new RangeError(`burst is ${burst}; it has to be at least 1`);
  const { take } = tokenBuckets(rate, burst);
  return (call, next) => {
    const { context, requests } = call;
    const client = clientOf(context);
    function count(): void {
      const wait = take(client);
      if (wait === 0) return;
      const reason = exhausted(client, `${rate} requests a second for each client`, wait);
      // The whole call, because a handler may catch what its requests throw.
      context.end(reason);
      throw reason;
    }
    return next({ ...call, requests: counted(requests, count) });
  };
}

/** The same messages; `count` is called for each, and may throw. */
function counted(messages: AsyncIterable<unknown>, count: () => void): AsyncIterable<unknown> {
  const iterator = messages[Symbol.asyncIterator]();
  const iterable = {
    async next(): Promise<IteratorResult<unknown>> {
      const result = await iterator.next();
      if (!result.done) count();
      return result;
    },
    return: async () => (await iterator.return?.()) ?? { done: true as const, value: undefined },
    [Symbol.asyncIterator]: () => iterable,
  };
  return iterable;
}
