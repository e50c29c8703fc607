import { setTimeout as delay } from 'node:timers/promises';
import { type Metadata, status } from '@grpc/grpc-js';
import { type ClientContext, type Middleware, StatusError } from 'grpc-iterables';
import { type RetryBudget, retryBudget } from './budget.ts';
import { repeatableRequests } from './repeatable.ts';

export interface RetryOptions {
  /** The largest number of attempts, including the first. Default: 4. */
  attempts?: number;
  /** The longest pause before the second attempt, in milliseconds. It doubles with each attempt. Default: 100. */
  firstPause?: number;
  /** The longest pause of all, in milliseconds. Default: 5,000. */
  longestPause?: number;
  /** Shared by the calls of a client. Default: one of 10 tokens. */
  budget?: RetryBudget;
  /**
   * When the server wants the next attempt, in milliseconds from now; negative, or more than 24.8 days: never; undefined: it does not say.
   * Default: what `grpc-retry-pushback-ms` in the trailers says.
   */
  delayOf?: (error: StatusError) => number | undefined;
}

const PUSHBACK = 'grpc-retry-pushback-ms';
const ATTEMPTS = 'grpc-previous-rpc-attempts';
// Timers take no more (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Client middleware that makes a call again if its server was UNAVAILABLE, or RESOURCE_EXHAUSTED and says when.
 *
 * Only calls of `safe` methods, only before the first response, only within the deadline of the call, and only if the
 * requests can be sent again (see `repeatable`). Make it the first middleware, so that it gets the requests as they were
 * handed over.
 *
 * @param safe paths of methods that may run twice: `/package.Service/Method`
 * @throws RangeError for an option that is out of range
 *
 * @example
 * connect(ServerStream, address, { middleware: [retrying(['/stream.ServerStream/Pow'])] });
 */
export function retrying(safe: Iterable<string>, options: RetryOptions = {}): Middleware<ClientContext> {
  const { attempts = 4, firstPause = 100, longestPause = 5000 } = options;
  const { budget = retryBudget(), delayOf = pushbackOf } = options;
  for (const [name, value] of Object.entries({ attempts, firstPause, longestPause })) {
    if (!(value > 0)) throw new RangeError(`${name} is ${value}; it has to be above 0`);
  }
  const paths = new Set(safe);

  /** How long to wait before the next attempt; undefined: there is none. Takes from the budget. */
  function pauseAfter(error: unknown, attempt: number, doublings: number): number | undefined {
    if (!(error instanceof StatusError)) return undefined;
    const asked = delayOf(error);
    const isRetryable =
      error.code === status.UNAVAILABLE || (error.code === status.RESOURCE_EXHAUSTED && asked !== undefined);
    if (!isRetryable) return undefined;
    budget.failed();
    if (!budget.allows || attempt >= attempts) return undefined;
    if (asked !== undefined) return asked >= 0 && asked <= LONGEST_TIMER ? asked : undefined;
    return Math.random() * Math.min(firstPause * 2 ** doublings, longestPause);
  }

  return async function* (call, next) {
    const requests = paths.has(call.method.path) ? await repeatableRequests(call) : undefined;
    if (!requests) {
      yield* next(call);
      return;
    }
    const { context } = call;
    const end = deadlineOf(context);
    let doublings = 0;
    for (let attempt = 1; ; attempt++) {
      const seen: { response: boolean; trailers?: Metadata } = { response: false };
      const onTrailers = (trailers: Metadata) => {
        seen.trailers = trailers;
      };
      const once = { ...attemptOf(context, attempt, end), onTrailers };
      let failure: { error: unknown } | undefined;
      try {
        for await (const response of next({ ...call, context: once, requests })) {
          if (!seen.response) budget.succeeded();
          seen.response = true;
          yield response;
        }
        if (!seen.response) budget.succeeded();
      } catch (error) {
        failure = { error };
      }
      const pause = failure && !seen.response ? pauseAfter(failure.error, attempt, doublings) : undefined;
      if (pause === undefined || Date.now() + pause >= end) {
        // The caller gets the trailers of the last attempt only.
        if (seen.trailers) context.onTrailers?.(seen.trailers);
        if (failure) throw failure.error;
        return;
      }
      // After a server has named a time, the pauses start again with the shortest one, as in gRFC A6.
      doublings = delayOf((failure as { error: StatusError }).error) === undefined ? doublings + 1 : 0;
      await wait(pause, context.signal);
    }
  };
}

/** The options of one attempt: all attempts share one deadline, and the server gets the number of earlier attempts. */
function attemptOf(context: ClientContext, attempt: number, end: number): ClientContext {
  const metadata = context.metadata.clone();
  if (attempt > 1) metadata.set(ATTEMPTS, String(attempt - 1));
  const { timeout: _, ...rest } = context;
  return { ...rest, metadata, ...(Number.isFinite(end) ? { deadline: new Date(end) } : {}) };
}

function deadlineOf({ deadline, timeout = Number.POSITIVE_INFINITY }: ClientContext): number {
  return Math.min(deadline?.getTime() ?? Number.POSITIVE_INFINITY, Date.now() + timeout);
}

/** A value that is not a number means: do not try again (gRFC A6). */
function pushbackOf({ metadata }: StatusError): number | undefined {
  const [text] = metadata.get(PUSHBACK);
  if (text === undefined) return undefined;
  return /^\d+$/.test(String(text)) ? Number(text) : -1;
}

async function wait(pause: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await delay(pause, undefined, signal ? { signal } : {});
  } catch {
    throw new StatusError(status.CANCELLED, 'cancelled by the caller', { cause: signal?.reason });
  }
}
