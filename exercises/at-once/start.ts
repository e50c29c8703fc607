// production: Limit how many calls a caller may have open at once.
//
// A middleware is a function around each call. This one counts the open calls of each caller. But a call that fails, or whose client leaves, is counted
// for ever. So the caller is refused after some time. Change it:
// 1. A call counts from its start until its end, whatever the end is.
// 2. A refused call does not count.
// 3. Forget callers that have no open call, so that the map does not grow for ever.
import { status } from '@grpc/grpc-js';
import { type Middleware, type ServerContext, StatusError } from 'grpc-iterables';

/** `open` has the number of open calls by caller. */
export function callsAtOnce(
  most: number,
  callerOf: (context: ServerContext) => string,
  open = new Map<string, number>(),
): Middleware<ServerContext> {
  return async function* (call, next) {
    const caller = callerOf(call.context);
    const count = (open.get(caller) ?? 0) + 1;
    open.set(caller, count);
    if (count > most) throw new StatusError(status.RESOURCE_EXHAUSTED, `you already have ${most} open calls`);
    yield* next(call);
    open.set(caller, count - 1);
  };
}
