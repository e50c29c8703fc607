// A middleware that throws before it calls `next` refuses the call, and the handler does not run.
import { status } from '@grpc/grpc-js';
import { type Middleware, type ServerContext, StatusError } from 'grpc-iterables';

export function tokensOnly(isValid: (token: string) => boolean): Middleware<ServerContext> {
  return async function* (call, next) {
    const [header = ''] = call.context.metadata.get('authorization');
    const [, token] = /^Bearer (.+)$/.exec(String(header)) ?? [];
    if (token === undefined || !isValid(token))
      throw new StatusError(status.UNAUTHENTICATED, 'the call needs a valid token');
    yield* next(call);
  };
}
