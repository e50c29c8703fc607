import type * as grpc from '@grpc/grpc-js';

export type CallKind = 'unary' | 'server streaming' | 'client streaming' | 'bidirectional streaming';

export interface CalledMethod {
  /** `/package.Service/Method` */
  readonly path: string;
  readonly kind: CallKind;
  readonly definition: grpc.MethodDefinition<unknown, unknown>;
}

/** A call as middleware sees it: the same for all four kinds. */
export interface MiddlewareCall<Context> {
  readonly method: CalledMethod;
  readonly context: Context;
  /** The requests; where the kind has one, it is the only one. */
  readonly requests: AsyncIterable<unknown>;
}

/** What comes after a middleware: the next one, and at last the call itself. */
export type Next<Context> = (call: MiddlewareCall<Context>) => AsyncIterable<unknown>;

/**
 * A function around a call. It returns the responses; where the kind has one, exactly one.
 *
 * It may look at messages or change them, refuse the call (throw before `next`), or add to its context. Its loop over
 * the responses ends as the call does: normally, by throwing the call's failure, or by `return()` if nobody reads on.
 * So `finally` runs for every ending.
 *
 * @example
 * const timed: Middleware<ServerContext> = async function* (call, next) {
 *   const started = performance.now();
 *   try {
 *     yield* next(call);
 *   } finally {
 *     console.log(call.method.path, performance.now() - started);
 *   }
 * };
 */
export type Middleware<Context> = (
  call: MiddlewareCall<Context>,
  next: Next<Context>,
) => AsyncIterable<unknown>;

/** Joins middleware, the first of which is the outermost, and what it stands around. */
export function joined<Context>(middleware: Middleware<Context>[], innermost: Next<Context>): Next<Context> {
  return middleware.reduceRight<Next<Context>>((next, one) => (call) => one(call, next), innermost);
}

export function calledMethod(definition: grpc.MethodDefinition<unknown, unknown>): CalledMethod {
  const { path, requestStream, responseStream } = definition;
  const streaming = responseStream ? 'server streaming' : 'unary';
  const kind = requestStream ? (responseStream ? 'bidirectional streaming' : 'client streaming') : streaming;
  return { path, kind, definition };
}

/** One message as the iterable that middleware gets. */
export async function* only(message: unknown): AsyncIterableIterator<unknown> {
  yield message;
}

/** The message of an iterable that must hold exactly one. */
export async function theOnly(messages: AsyncIterable<unknown>, what: string): Promise<unknown> {
  const found: unknown[] = [];
  for await (const message of messages) {
    found.push(message);
    if (found.length > 1) throw new TypeError(`middleware made more than one ${what}`);
  }
  if (found.length === 0) throw new TypeError(`middleware made no ${what}`);
  return found[0];
}
