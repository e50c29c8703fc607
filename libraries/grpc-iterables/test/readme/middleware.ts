import type { Middleware, ServerContext } from 'grpc-iterables';

/** Logs how each call ended. */
export const logged: Middleware<ServerContext> = async function* (call, next) {
  let ending = 'complete';
  try {
    yield* next(call);
  } catch (error) {
    ending = String(error);
    throw error;
  } finally {
    console.log(`${call.method.path} ${call.context.peer} ${call.context.signal.reason ?? ending}`);
  }
};
