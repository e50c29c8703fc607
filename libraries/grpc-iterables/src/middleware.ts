import { inspect } from 'node:util';
import type * as grpc from '@grpc/grpc-js';

// #region types
export type CallKind = 'unary' | 'server streaming' | 'client streaming' | 'bidirectional streaming';

export interface CalledMethod {
  /** `/package.Service/Method` */
  readonly path: string;
  readonly kind: CallKind;
  readonly definition: grpc.MethodDefinition<unknown, unknown>;
}

/** A call as middleware gets it. It has the same form for all four kinds. */
export interface MiddlewareCall<Context> {
  readonly method: CalledMethod;
  readonly context: Context;
  /** The requests. If the kind of call has only one request, the iterable has one message. */
  readonly requests: AsyncIterable<unknown>;
}

/** Calls the next middleware. For the last one it makes the call itself. */
export type Next<Context> = (call: MiddlewareCall<Context>) => AsyncIterable<unknown>;
// #endregion types

/**
 * A function around a call. It returns the responses. If the kind of call has one response, it returns exactly one.
 *
 * It may read or change messages, refuse the call (throw before `next`), or change its context. Its loop over the
 * responses ends as the call does: it ends normally, it throws the error of the call, or `return()` is called when
 * nobody reads any more. So `finally` runs for every ending.
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

/**
 * Joins middleware into one function, which puts it around the call itself. The first middleware is the outermost.
 *
 * @throws TypeError if one of them is not a function
 */
export function joined<Context>(
  middleware: Middleware<Context>[],
): (innermost: Next<Context>) => Next<Context> {
  for (const [index, one] of middleware.entries()) {
    if (typeof one !== 'function')
      throw new TypeError(`middleware[${index}] is ${inspect(one)}, not a function`);
  }
  return (innermost) =>
    middleware.reduceRight<Next<Context>>((next, one) => (call) => one(call, next), innermost);
}

export function calledMethod(definition: grpc.MethodDefinition<unknown, unknown>): CalledMethod {
  const { path, requestStream, responseStream } = definition;
  const streaming = responseStream ? 'server streaming' : 'unary';
  const kind = requestStream ? (responseStream ? 'bidirectional streaming' : 'client streaming') : streaming;
  return { path, kind, definition };
}

/** One message as an iterable for middleware. */
export async function* only(message: unknown): AsyncIterableIterator<unknown> {
  yield message;
}

/** The message of an iterable that must have exactly one. */
export async function theOnly(messages: AsyncIterable<unknown>, what: string): Promise<unknown> {
  const found: unknown[] = [];
  for await (const message of messages) {
    found.push(message);
    if (found.length > 1) throw new TypeError(`middleware made more than one ${what}`);
  }
  if (found.length === 0) throw new TypeError(`middleware made no ${what}`);
  return found[0];
}
