import {
  defineService,
  type IterableHandlers,
  type Middleware,
  type ServeOptions,
  type ServerContext,
  serve,
} from '../src/index.ts';
import { type EchoHandlers, echoDefinition, type Item } from './echo-service.ts';
import { connectEcho } from './transport.ts';

/** Middleware of every server that `startEcho` starts. */
export const everywhere: Middleware<ServerContext>[] = [];

export type Handlers = IterableHandlers<EchoHandlers>;

/** Simple correct handlers: they sum the requests, and count the responses. */
export const plainHandlers: Handlers = {
  async unary({ value }) {
    return { value };
  },
  async *download({ value }) {
    for (let index = 0; index < value; index++) yield { value: index };
  },
  async upload(requests) {
    let sum = 0;
    for await (const { value } of requests) sum += value;
    return { value: sum };
  },
  async *exchange(requests) {
    for await (const { value } of requests) yield { value: value * 2 };
  },
};

/** The simple handlers. Each of them calls `first` before anything else. */
export function answeringHandlers(first: (context: ServerContext) => void): Handlers {
  return {
    async unary(request, context) {
      first(context);
      return plainHandlers.unary(request, context);
    },
    async *download(request, context) {
      first(context);
      yield* plainHandlers.download(request, context);
    },
    async upload(requests, context) {
      first(context);
      return plainHandlers.upload(requests, context);
    },
    async *exchange(requests, context) {
      first(context);
      yield* plainHandlers.exchange(requests, context);
    },
  };
}

/** A server with these handlers, and its client. `errors` are the errors that only the server's onError got. */
export async function startEcho(
  t: { after(cleanUp: () => Promise<void>): void },
  handlers: Partial<Handlers> = {},
  options: ServeOptions = {},
) {
  const errors: unknown[] = [];
  const service = defineService<EchoHandlers>(
    echoDefinition,
    { ...plainHandlers, ...handlers },
    { onError: (error) => errors.push(error) },
  );
  const server = await serve([service], { gracePeriod: 0, middleware: everywhere, ...options });
  const { client, close } = connectEcho(server.address);
  t.after(async () => {
    close();
    await server.shutdown();
  });
  return { server, client, errors };
}

export interface Deferred<Value> {
  promise: Promise<Value>;
  resolve(value: Value): void;
}

export function deferred<Value = void>(): Deferred<Value> {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}

/** What the server saw of a stalled call. */
export interface Stalled {
  /** Resolves when the handler has the first message. */
  readonly reached: Promise<void>;
  /** Resolves with the reason of the context's signal once the handler's `finally` ran. */
  readonly ended: Promise<unknown>;
  /** True if the code after a loop over requests ran, or if the handler ended well. */
  readonly completed: () => boolean;
  readonly handlers: Handlers;
}

/** Handlers that read or send one message, and then wait until they are stopped. */
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
  async function readAll(requests: AsyncIterable<Item>): Promise<void> {
    for await (const _ of requests) reached.resolve();
    completed = true;
  }

  return {
    reached: reached.promise,
    ended: ended.promise,
    completed: () => completed,
    handlers: {
      async unary(_, context) {
        try {
          return await untilAborted(context);
        } finally {
          ended.resolve(context.signal.reason);
        }
      },
      async *download(_, context) {
        try {
          yield { value: 1 };
          await untilAborted(context);
        } finally {
          ended.resolve(context.signal.reason);
        }
      },
      async upload(requests, context) {
        try {
          await readAll(requests);
          return { value: 0 };
        } finally {
          ended.resolve(context.signal.reason);
        }
      },
      async *exchange(requests, context) {
        try {
          yield { value: 1 };
          await readAll(requests);
        } finally {
          ended.resolve(context.signal.reason);
        }
      },
    },
  };
}

/** Requests without an end: one message, then silence. `returned` resolves in their `finally`. */
export function endlessRequests() {
  const returned = deferred();
  const more = deferred<Item>();
  let sent = false;
  return {
    returned: returned.promise,
    requests: {
      [Symbol.asyncIterator]() {
        return {
          async next() {
            if (sent) return { done: false as const, value: await more.promise };
            sent = true;
            return { done: false as const, value: { value: 1 } };
          },
          async return() {
            returned.resolve();
            return { done: true as const, value: undefined };
          },
        };
      },
    },
  };
}
