import { status } from '@grpc/grpc-js';
import { type Middleware, type ServerContext, StatusError } from 'grpc-iterables';
import { atTime } from '../src/at-time.ts';

/**
 * Server middleware that gives each call a deadline, at most `longest` milliseconds from now. A client's own deadline counts
 * if it is earlier.
 *
 * @param exceptions another length for some methods, by their path; Infinity: no limit
 * @throws RangeError if a length is not above 0
 *
 * @example
 * const deadline = longestCall(60_000, { '/grpc.health.v1.Health/Watch': Infinity });
 * await serve(services, { middleware: [deadline] });
 */
export function longestCall(
  longest: number,
  exceptions: Readonly<Record<string, number>> = {},
): Middleware<ServerContext> {
  for (const [path, length] of [['every method', longest] as const, ...Object.entries(exceptions)]) {
    if (!(length > 0)) throw new RangeError(`the length for ${path} is ${length}; it has to be above 0`);
  }
  return async function* (call, next) {
    const { context } = call;
    const { path } = call.method;
    const own = Object.hasOwn(exceptions, path) ? exceptions[path] : undefined;
    const allowed = own ?? longest;
    const end = Date.now() + allowed;
    if (end >= (context.deadline?.getTime() ?? Number.POSITIVE_INFINITY)) {
      yield* next(call);
      return;
    }
    const reason = new StatusError(
      status.DEADLINE_EXCEEDED,
      `deadline exceeded: ${path} may take ${allowed} ms at most`,
    );
    const cancelTimer = atTime(end, () => context.end(reason));
    try {
      yield* next({ ...call, context: { ...context, deadline: new Date(end) } });
    } finally {
      cancelTimer();
    }
  };
}
