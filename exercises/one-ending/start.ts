// telemetry: Record how each call ended, once, for every ending.
//
// This middleware records a call when its last response was sent. So it knows only calls that ended well. Change it:
// 1. Record each call once, also if it fails, if its deadline passes, and if the client leaves.
// 2. The status is what the client gets: OK, the code of a StatusError, and INTERNAL for any other error.
// 3. When the signal of the call is aborted, its reason says how the call ended, whatever the handler throws after that.
//
// The error itself still goes on to the client. You need: StatusError from 'grpc-iterables'.
import { status } from '@grpc/grpc-js';
import type { Middleware, ServerContext } from 'grpc-iterables';

/** `record` gets the path of the method, and the code of the ending. */
export function recorded(record: (method: string, code: status) => void): Middleware<ServerContext> {
  return async function* (call, next) {
    yield* next(call);
    record(call.method.path, status.OK);
  };
}
