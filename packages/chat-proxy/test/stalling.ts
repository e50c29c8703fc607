// Calls that stop in the middle, on either side, until something from outside ends them.
import type { ServerContext } from 'grpc-iterables';
import { deferred } from './programs.ts';
import type { Handlers } from './proxied.ts';

/** What the server saw of a call that stalled. */
export interface Stalled {
  /** Resolves when the handler has the first message. */
  readonly reached: Promise<void>;
  /** Resolves with the reason of the context's signal once the handler's `finally` ran. */
  readonly ended: Promise<unknown>;
  /** Whether the code after a loop over requests ran. */
  readonly completed: () => boolean;
  readonly handlers: Handlers;
}

/** Handlers that take (or send) one message and then wait for more, or for nothing, until they are stopped. */
export function stallingHandlers(): Stalled {
  const reached = deferred();
  const ended = deferred<unknown>();
  let completed = false;

  async function untilAborted({ signal }: ServerContext): Promise<never> {
    reached.resolve();
    return new Promise((_, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
  async function readAll(requests: AsyncIterable<unknown>): Promise<void> {
    for await (const _ of requests) reached.resolve();
    completed = true;
  }

  return {
    reached: reached.promise,
    ended: ended.promise,
    completed: () => completed,
    handlers: {
      async GetInfo(_, context) {
        try {
          return await untilAborted(context);
        } finally {
          ended.resolve(context.signal.reason);
        }
      },
      async *JoinChannel(_, context) {
        try {
          yield { message: 'first' };
          await untilAborted(context);
        } finally {
          ended.resolve(context.signal.reason);
        }
      },
      async StartChannel(requests, context) {
        try {
          await readAll(requests);
          return {};
        } finally {
          ended.resolve(context.signal.reason);
        }
      },
      async *JoinChat(requests, context) {
        try {
          yield { text: 'first' };
          await readAll(requests);
        } finally {
          ended.resolve(context.signal.reason);
        }
      },
    },
  };
}

/** Requests that never end by themselves: one, then silence. `returned` resolves when `return()` is called on them. */
export function endlessRequests() {
  const returned = deferred();
  let sent = false;
  return {
    returned: returned.promise,
    requests: {
      [Symbol.asyncIterator]: () => ({
        next() {
          if (sent) return new Promise<never>(() => {});
          sent = true;
          return Promise.resolve({ done: false as const, value: { text: 'first' } });
        },
        async return() {
          returned.resolve();
          return { done: true as const, value: undefined };
        },
      }),
    },
  };
}
