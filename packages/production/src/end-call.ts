import { setMaxListeners } from 'node:events';
import type { MiddlewareCall, ServerContext, StatusError } from 'grpc-iterables';

/** An open call that middleware can end at any time. */
export interface EndableCall {
  /** What to give to `next` in place of the call. */
  readonly call: MiddlewareCall<ServerContext>;
  /** Ends the call: the handler's `signal` is aborted with `reason`, its requests throw it, and the client gets it. */
  end(reason: StatusError): void;
  /** Ends the call with `reason` at this time, in milliseconds since 1970. */
  endAt(time: number, reason: StatusError): void;
  /** To be called when the call is over. */
  release(): void;
}

// Timers take no more (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * Lets a server's middleware end an open call, for example when its time is over.
 *
 * @example
 * const { call, endAt, release } = endable(original);
 * endAt(Date.now() + 1000, new StatusError(status.DEADLINE_EXCEEDED, 'the call took more than a second'));
 * try {
 *   yield* next(call);
 * } finally {
 *   release();
 * }
 */
export function endable(original: MiddlewareCall<ServerContext>): EndableCall {
  const { context, requests } = original;
  const ending = new AbortController();
  // A handler may pass its signal to any number of calls.
  setMaxListeners(0, ending.signal);
  const follow = () => ending.abort(context.signal.reason);
  // Not AbortSignal.any: a handler that never removes its listener would keep such a signal in memory for good.
  if (context.signal.aborted) follow();
  else context.signal.addEventListener('abort', follow, { once: true });
  let timer: NodeJS.Timeout | undefined;

  const end = (reason: StatusError) => ending.abort(reason);
  function endAt(time: number, reason: StatusError): void {
    clearTimeout(timer);
    const left = time - Date.now();
    timer = setTimeout(
      () => (left > LONGEST_TIMER ? endAt(time, reason) : end(reason)),
      Math.min(Math.max(left, 0), LONGEST_TIMER),
    );
  }
  return {
    call: {
      ...original,
      context: { ...context, signal: ending.signal },
      requests: untilAborted(requests, ending.signal),
    },
    end,
    endAt,
    release() {
      clearTimeout(timer);
      context.signal.removeEventListener('abort', follow);
    },
  };
}

/** Requests that throw the reason of `signal` once it is aborted, even while one is awaited. */
function untilAborted(requests: AsyncIterable<unknown>, signal: AbortSignal): AsyncIterable<unknown> {
  const iterator = requests[Symbol.asyncIterator]();
  let fail = (_: unknown) => {};
  signal.addEventListener('abort', () => fail(signal.reason), { once: true });
  const iterable = {
    next: () =>
      new Promise<IteratorResult<unknown>>((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        fail = reject;
        iterator.next().then(resolve, reject);
      }),
    return: async () => (await iterator.return?.()) ?? { done: true as const, value: undefined },
    [Symbol.asyncIterator]: () => iterable,
  };
  return iterable;
}
