import { status } from '@grpc/grpc-js';
import { type Attributes, type Context, context, type Span, SpanStatusCode } from '@opentelemetry/api';
import type { MiddlewareCall, Next } from 'grpc-iterables';
import { abandoned, type Ending, failed, isError, type Side } from './ending.ts';
import type { Instruments } from './instruments.ts';

/** What is known of a call before it begins. */
export interface ObservedCall<CallContext> {
  readonly side: Side;
  readonly call: MiddlewareCall<CallContext>;
  readonly signal: AbortSignal | undefined;
  readonly instruments: Instruments;
  readonly attributes: Attributes;
  /** Starts the span; whatever runs for the call runs in the context that has it. */
  begin(): { span: Span; active: Context };
}

/** `package.Service/Method`, as the conventions have it. */
export const methodOf = ({ method }: MiddlewareCall<unknown>) => method.path.slice(1);

/** Runs a call, and records in its span and in the metrics how it ended: exactly once, for every ending. */
export async function* observed<CallContext>(
  { side, call, signal, instruments, attributes, begin }: ObservedCall<CallContext>,
  next: Next<CallContext>,
): AsyncGenerator<unknown, void> {
  const counts = instruments.of(methodOf(call));
  const [inward, outward] =
    side === 'server' ? (['received', 'sent'] as const) : (['sent', 'received'] as const);
  const started = performance.now();
  let [requests, responses] = [0, 0];
  let ending: Ending | undefined;

  async function* counted() {
    for await (const request of call.requests) {
      requests++;
      counts[inward]++;
      yield request;
    }
  }

  // Not earlier, because a generator that is never read never reaches its `finally`.
  const { span, active } = begin();
  counts.open++;
  try {
    const open = () => next({ ...call, requests: counted() });
    for await (const response of within(active, open)) {
      responses++;
      counts[outward]++;
      yield response;
    }
    ending = { code: status.OK };
  } catch (error) {
    // Once the call is cancelled, this is why, whatever the handler throws.
    ending = signal?.aborted && side === 'server' ? failed(side, signal.reason) : failed(side, error);
    throw error;
  } finally {
    ending ??= abandoned(side, signal);
    counts.open--;
    const outcome = {
      'rpc.response.status_code': status[ending.code],
      ...(isError(side, ending) ? { 'error.type': errorType(ending) } : {}),
    };
    instruments.ended((performance.now() - started) / 1000, { ...attributes, ...outcome });
    span.setAttributes({ ...outcome, 'rpc.request.messages': requests, 'rpc.response.messages': responses });
    endSpan(span, side, ending);
  }
}

/** The name of a status, or of an error that has no status. */
function errorType({ code, error }: Ending): string {
  return code === status.INTERNAL && error instanceof Error && error.name !== 'StatusError'
    ? error.name
    : (status[code] as string);
}

function endSpan(span: Span, side: Side, ending: Ending): void {
  if (isError(side, ending)) {
    const { error } = ending;
    span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.message : '' });
    if (error instanceof Error) span.recordException(error);
  }
  span.end();
}

/**
 * An iterable each step of which runs in `active`: what a handler does belongs to its span, also after a `yield`.
 */
function within(active: Context, open: () => AsyncIterable<unknown>): AsyncIterable<unknown> {
  const iterator = context.with(active, () => open()[Symbol.asyncIterator]());
  const step = () => iterator.next();
  const stop = async () => (await iterator.return?.()) ?? { done: true as const, value: undefined };
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => context.with(active, step),
      return: () => context.with(active, stop),
    }),
  };
}
