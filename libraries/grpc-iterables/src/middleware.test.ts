import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { describe, type TestContext, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { ServerStream } from 'proto';
import { deferred, endlessRequests, stallingHandlers, startEcho } from '../test/echo-server.ts';
import type { Item } from '../test/echo-service.ts';
import { connect, type Middleware, type ServerContext, StatusError } from './index.ts';

type ServerMiddleware = Middleware<ServerContext>;
type Client = Awaited<ReturnType<typeof startEcho>>['client'];

async function all<Message>(messages: AsyncIterable<Message>): Promise<Message[]> {
  const received: Message[] = [];
  for await (const message of messages) received.push(message);
  return received;
}

const start = (t: TestContext, middleware: ServerMiddleware[], handlers = {}) =>
  startEcho(t, handlers, { middleware });

describe('middleware', () => {
  test('sees the kind, the path, the requests and the responses of each call', async (t) => {
    const seen: string[] = [];
    const watch: ServerMiddleware = async function* (call, next) {
      async function* requests() {
        for await (const request of call.requests) {
          seen.push(`> ${(request as Item).value}`);
          yield request;
        }
      }
      seen.push(`${call.method.kind} ${call.method.path}`);
      for await (const response of next({ ...call, requests: requests() })) {
        seen.push(`< ${(response as Item).value}`);
        yield response;
      }
    };
    const { client } = await start(t, [watch]);
    await client.unary({ value: 7 });
    await all(client.download({ value: 2 }));
    await client.upload([{ value: 1 }, { value: 2 }]);
    await all(client.exchange([{ value: 5 }]));
    assert.deepEqual(seen, [
      ...['unary /test.Echo/Unary', '> 7', '< 7'],
      ...['server streaming /test.Echo/Download', '> 2', '< 0', '< 1'],
      ...['client streaming /test.Echo/Upload', '> 1', '> 2', '< 3'],
      ...['bidirectional streaming /test.Echo/Exchange', '> 5', '< 10'],
    ]);
  });
  test('is called in the order of the list', async (t) => {
    const seen: string[] = [];
    const named = (name: string): ServerMiddleware =>
      async function* (call, next) {
        seen.push(`${name} in`);
        yield* next(call);
        seen.push(`${name} out`);
      };
    const { client } = await start(t, [named('first'), named('second')]);
    await client.unary({ value: 1 });
    assert.deepEqual(seen, ['first in', 'second in', 'second out', 'first out']);
  });
  test('changes messages in both directions', async (t) => {
    const tenfold: ServerMiddleware = async function* (call, next) {
      async function* requests() {
        for await (const request of call.requests) yield { value: (request as Item).value * 10 };
      }
      for await (const response of next({ ...call, requests: requests() })) {
        yield { value: (response as Item).value + 1 };
      }
    };
    const { client } = await start(t, [tenfold]);
    assert.deepEqual(await client.unary({ value: 1 }), { value: 11 });
    assert.deepEqual(await client.upload([{ value: 1 }, { value: 2 }]), { value: 31 });
    assert.deepEqual(await all(client.exchange([{ value: 1 }])), [{ value: 21 }]);
  });
  for (const kind of ['unary', 'download', 'upload', 'exchange'] as const) {
    const call = {
      unary: (client: Client, options = {}) => client.unary({ value: 1 }, options),
      download: (client: Client, options = {}) => all(client.download({ value: 1 }, options)),
      upload: (client: Client, options = {}) => client.upload(endlessRequests().requests, options),
      exchange: (client: Client, options = {}) => all(client.exchange(endlessRequests().requests, options)),
    }[kind];
    test(`${kind}: refuses a call before its handler`, async (t) => {
      const refuse: ServerMiddleware = (call, next) => {
        if (call.context.metadata.get('token').length > 0) return next(call);
        throw new StatusError(status.UNAUTHENTICATED, 'no token');
      };
      const stalled = stallingHandlers();
      let reached = false;
      void stalled.reached.then(() => {
        reached = true;
      });
      const { client } = await start(t, [refuse], stalled.handlers);
      await assert.rejects(call(client), { code: status.UNAUTHENTICATED, details: 'no token' });
      assert.equal(reached, false);
    });
    test(`${kind}: ends a call while its handler works`, { timeout: 20_000 }, async (t) => {
      const stalled = stallingHandlers();
      const reason = new StatusError(status.RESOURCE_EXHAUSTED, 'enough');
      const end: ServerMiddleware = ({ context, ...rest }, next) => {
        void stalled.reached.then(() => context.end(reason));
        return next({ ...rest, context });
      };
      const { client } = await start(t, [end], stalled.handlers);
      await assert.rejects(call(client), { code: status.RESOURCE_EXHAUSTED, details: 'enough' });
      assert.equal(await stalled.ended, reason);
      assert.equal(stalled.completed(), false);
    });
    test(`${kind}: sees a cancel even if the handler never answers again`, {
      timeout: 20_000,
    }, async (t) => {
      const reached = deferred();
      const ended = deferred<unknown>();
      const watch: ServerMiddleware = async function* (call, next) {
        try {
          yield* next(call);
        } finally {
          ended.resolve(call.context.signal.reason);
        }
      };
      const never = () => {
        reached.resolve();
        return new Promise<never>(() => {});
      };
      const { client } = await start(t, [watch], {
        unary: never,
        upload: never,
        async *download() {
          yield await never();
        },
        async *exchange() {
          yield await never();
        },
      });
      const controller = new AbortController();
      const failed = assert.rejects(call(client, { signal: controller.signal }));
      await reached.promise;
      controller.abort();
      await failed;
      const reason = await ended.promise;
      assert.ok(reason instanceof StatusError);
      assert.equal(reason.code, status.CANCELLED);
    });
  }
  test('adds to the context, and sets trailers', async (t) => {
    const { client } = await start(
      t,
      [
        (call, next) => {
          call.context.trailers.set('served-by', 'one');
          return next({ ...call, context: { ...call.context, user: 'ada' } as ServerContext });
        },
      ],
      {
        unary: async (_: Item, context: ServerContext & { user: string }) => ({
          value: 1,
          text: context.user,
        }),
      },
    );
    let trailers = new Metadata();
    const onTrailers = (metadata: Metadata) => {
      trailers = metadata;
    };
    assert.deepEqual(await client.unary({ value: 1 }, { onTrailers }), { value: 1, text: 'ada' });
    assert.deepEqual(trailers.get('served-by'), ['one']);
  });
  test('that makes no response, or two, fails a call that must have one', async (t) => {
    const drop: ServerMiddleware = async function* () {};
    const double: ServerMiddleware = async function* (call, next) {
      for await (const response of next(call)) yield* [response, response];
    };
    for (const [middleware, message] of [
      [drop, /middleware made no response/],
      [double, /middleware made more than one response/],
    ] as const) {
      const { client, errors } = await start(t, [middleware]);
      await assert.rejects(client.unary({ value: 1 }), { code: status.INTERNAL, details: 'internal error' });
      assert.match(String(errors[0]), message);
    }
  });
  test('that is not a function is refused before there is a call', async (t) => {
    const pass: ServerMiddleware = (call, next) => next(call);
    const wrong = [pass, null] as unknown as [];
    const refusal = { name: 'TypeError', message: 'middleware[1] is null, not a function' };
    await assert.rejects(start(t, wrong), refusal);
    assert.throws(() => connect(ServerStream, '127.0.0.1:1', { middleware: wrong }), refusal);
  });
  test('closes silent responses', { timeout: 20_000 }, async (t) => {
    const readable = new Readable({ objectMode: true, read() {} });
    readable.push({ value: 1 });
    const pass: ServerMiddleware = async function* (call, next) {
      yield* next(call);
    };
    const { client } = await start(t, [pass], { download: () => readable });
    for await (const _ of client.download({ value: 1 })) break;
    await once(readable, 'close');
  });
});
