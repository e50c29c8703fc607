// `catch` sees errors. `finally` also sees a loop that nobody reads any more. Together they see every ending.
import { status } from '@grpc/grpc-js';
import { type Middleware, type ServerContext, StatusError } from 'grpc-iterables';

const codeOf = (error: unknown) => (error instanceof StatusError ? error.code : status.INTERNAL);

/** `record` gets the path of the method, and the code of the ending. */
export function recorded(record: (method: string, code: status) => void): Middleware<ServerContext> {
  return async function* (call, next) {
    const { signal } = call.context;
    let code: status | undefined;
    try {
      yield* next(call);
      code = status.OK;
    } catch (error) {
      code = codeOf(error);
      throw error;
    } finally {
      if (signal.aborted) code = codeOf(signal.reason);
      record(call.method.path, code ?? status.CANCELLED);
    }
  };
}
