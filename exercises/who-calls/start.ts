// auth: Refuse calls without a token, before they reach a handler.
//
// Middleware is a function around every call. This one looks at the token when it is too late: the handler has run. Change it:
// 1. A call without the metadata `authorization: Bearer TOKEN`, where `isValid(TOKEN)` is true, fails with UNAUTHENTICATED.
// 2. The handler of a refused call does not run.
// 3. The text of the error does not contain the token, because texts are written to logs.
import { status } from '@grpc/grpc-js';
import { type Middleware, type ServerContext, StatusError } from 'grpc-iterables';

export function tokensOnly(isValid: (token: string) => boolean): Middleware<ServerContext> {
  return async function* (call, next) {
    const [header = ''] = call.context.metadata.get('authorization');
    yield* next(call);
    const token = String(header).replace('Bearer ', '');
    if (!isValid(token)) throw new StatusError(status.UNAUTHENTICATED, `bad token: ${header}`);
  };
}
