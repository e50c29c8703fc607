// `finally` runs for every ending. It reads the count again, because other calls have begun or ended in the meantime.
import { status } from '@grpc/grpc-js';
import { type Middleware, type ServerContext, StatusError } from 'grpc-iterables';

/** `open` has the number of open calls by caller. */
export function callsAtOnce(
  most: number,
  callerOf: (context: ServerContext) => string,
  open = new Map<string, number>(),
): Middleware<ServerContext> {
  const countOf = (caller: string) => open.get(caller) ?? 0;
  return async function* (call, next) {
    const caller = callerOf(call.context);
    if (countOf(caller) >= most)
      throw new StatusError(status.RESOURCE_EXHAUSTED, `you already have ${most} open calls`);
    open.set(caller, countOf(caller) + 1);
    try {
      yield* next(call);
    } finally {
      if (countOf(caller) > 1) open.set(caller, countOf(caller) - 1);
      else open.delete(caller);
    }
  };
}
