import type * as grpc from '@grpc/grpc-js';
import { type Handler, responsesOf } from './handlers-of.ts';
import { calledMethod, joined, type Middleware, only, theOnly } from './middleware.ts';
import { isNews, lookedAt } from './report.ts';
import type { ServerContext } from './server-context.ts';
import { type SourceOfMessages, sourceOf } from './source-of-messages.ts';

/**
 * Adds middleware to a handler. The result is a handler of the same kind.
 *
 * @param report gets the errors of clean-ups after the end of the call
 */
export function withMiddleware(
  definition: grpc.MethodDefinition<unknown, unknown>,
  handle: Handler,
  middleware: Middleware<ServerContext>[],
  report: (error: unknown) => void,
): Handler {
  const method = calledMethod(definition);
  const { requestStream, responseStream, path } = definition;

  async function* handled(requests: AsyncIterable<unknown>, context: ServerContext) {
    const input = requestStream ? iteratorOver(requests) : await theOnly(requests, 'request');
    const output = handle(input, context);
    if (responseStream) {
      yield* untilAborted(sourceOf(responsesOf(output, path, report)), context.signal, report);
    } else {
      yield await output;
    }
  }
  const call = joined(middleware)(({ requests, context }) =>
    untilAborted(sourceOf(handled(requests, context)), context.signal, report),
  );

  return (input, context) => {
    const requests = requestStream ? (input as AsyncIterable<unknown>) : only(input);
    const responses = responsesOf(call({ method, context, requests }), path, report);
    if (responseStream) return responses;
    return theOnly(responses as AsyncIterable<unknown>, 'response');
  };
}

/** An iterator over an iterable, because handlers may call `next()` on their requests. */
function iteratorOver(requests: AsyncIterable<unknown>): AsyncIterableIterator<unknown> {
  const iterator = requests[Symbol.asyncIterator]();
  return Object.assign(Object.create(iterator), {
    next: () => iterator.next(),
    return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
    [Symbol.asyncIterator]() {
      return this;
    },
  });
}

/**
 * The messages of a source as an iterator that throws the reason of `signal` as soon as it aborts, even if the source never
 * answers again. So middleware learns how the call ended.
 */
function untilAborted(
  source: SourceOfMessages<unknown>,
  signal: AbortSignal,
  report: (error: unknown) => void,
): AsyncIterableIterator<unknown> {
  let stopped = false;
  async function stop(): Promise<void> {
    if (stopped) return;
    stopped = true;
    signal.removeEventListener('abort', onAbort);
    await source.stop();
  }
  let fail: (reason: unknown) => void = () => {};
  const onAbort = () => {
    fail(signal.reason);
    stop().catch(report);
  };
  signal.addEventListener('abort', onAbort, { once: true });
  return {
    next() {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        fail = reject;
        const failed = (error: unknown) => {
          // After `stop` nobody waits for this error.
          const thrown = lookedAt(error);
          if (stopped && isNews(thrown, signal)) report(thrown);
          reject(error);
        };
        Promise.resolve(source.next()).then(resolve, failed);
      });
    },
    async return() {
      await stop();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
