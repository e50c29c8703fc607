import { status } from '@grpc/grpc-js';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { Middleware, ServerContext } from 'grpc-iterables';
import type { Logger } from 'pino';
import { abandoned, type Ending, failed, isError } from './ending.ts';

/**
 * The ids of the trace that is under way, for pino's `mixin`: with it each line that a handler logs has them.
 *
 * @example
 * const logger = pino({ mixin: traceIds });
 */
export function traceIds(): { trace_id?: string; span_id?: string } {
  const current = trace.getActiveSpan()?.spanContext();
  if (!current || !isSpanContextValid(current)) return {};
  return { trace_id: current.traceId, span_id: current.spanId };
}

/**
 * Server middleware that logs the end of each call: its method, status and duration. The server's own failures are
 * errors, with their stack.
 *
 * Put it behind `serverTelemetry`, so that its lines have the trace ids.
 */
export function loggedCalls(logger: Logger): Middleware<ServerContext> {
  return async function* (call, next) {
    const { signal, peer } = call.context;
    const started = performance.now();
    let ending: Ending | undefined;
    try {
      yield* next(call);
      ending = { code: status.OK };
    } catch (error) {
      ending = failed('server', signal.aborted ? signal.reason : error);
      throw error;
    } finally {
      ending ??= abandoned('server', signal);
      const line = {
        method: call.method.path,
        status: status[ending.code],
        milliseconds: Math.round(performance.now() - started),
        peer,
      };
      if (isError('server', ending)) logger.error({ ...line, err: ending.error }, 'call failed');
      else logger.info(line, 'call ended');
    }
  };
}
