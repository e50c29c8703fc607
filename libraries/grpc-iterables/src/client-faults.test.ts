// Mistakes of a caller, and rare moments in the life of a call.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { constants, createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { http2Channel } from 'http2-channel';
import { deferred, type Handlers, stallingHandlers, startEcho } from '../test/echo-server.ts';
import { EchoClient, type Item } from '../test/echo-service.ts';
import { type ClientContext, connect, type Messages, type Middleware, StatusError } from './index.ts';

const failsWith = (code: status, details?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof StatusError, `expected a StatusError, got ${error}`);
  assert.equal(status[error.code], status[code], error.details);
  if (details) assert.match(error.details, details);
  return true;
};

async function all<Message>(messages: AsyncIterable<Message>): Promise<Message[]> {
  const received: Message[] = [];
  for await (const message of messages) received.push(message);
  return received;
}

/** Handlers that count how many of their calls have begun and ended. */
function counting(): { handlers: Partial<Handlers>; begun: () => number } {
  let begun = 0;
  return {
    begun: () => begun,
    handlers: {
      async upload(requests) {
        begun++;
        let sum = 0;
        for await (const { value } of requests) sum += value;
        return { value: sum };
      },
    },
  };
}

describe('requests', () => {
  for (const [what, wrong] of [
    ['a number', 7],
    ['undefined', undefined],
    ['an object without an iterator', { value: 1 }],
  ] as const) {
    test(`that are ${what} are a TypeError that names the method, and make no call`, async (t) => {
      const { handlers, begun } = counting();
      const { client } = await startEcho(t, handlers);
      const requests = wrong as unknown as Messages<Item>;
      const named = /^TypeError: the requests of \/test\.Echo\/Upload must be iterable/;
      await assert.rejects(client.upload(requests), named);
      await assert.rejects(
        client.exchange(requests).next(),
        /^TypeError: the requests of \/test\.Echo\/Exchange/,
      );
      await client.unary({ value: 1 });
      assert.equal(begun(), 0);
    });
  }
  for (const thrown of [undefined, null, 0, '']) {
    test(`that throw ${JSON.stringify(thrown) ?? 'undefined'} fail the call with this value`, async (t) => {
      const { client } = await startEcho(t);
      async function* requests(): AsyncGenerator<Item> {
        yield { value: 1 };
        throw thrown;
      }
      for (const call of [() => client.upload(requests()), () => all(client.exchange(requests()))]) {
        const outcome = await call().then(
          () => 'complete',
          (error) => ({ error }),
        );
        assert.deepEqual(outcome, { error: thrown });
      }
    });
  }
  test('that cannot be serialized fail the call with INTERNAL, and the server never sees a complete upload', async (t) => {
    const stalled = stallingHandlers();
    const { client } = await startEcho(t, stalled.handlers);
    const circular: Item & { self?: unknown } = { value: 2 };
    circular.self = circular;
    async function* requests(): AsyncGenerator<Item> {
      yield { value: 1 };
      await stalled.reached;
      yield circular;
    }
    await assert.rejects(
      client.upload(requests()),
      failsWith(status.INTERNAL, /does not serialize.*circular/s),
    );
    await stalled.ended;
    assert.equal(stalled.completed(), false);
  });
  test('that are promises in an array are awaited, and one that rejects fails the call', async (t) => {
    const { client } = await startEcho(t);
    const promised = [Promise.resolve({ value: 3 }), { value: 4 }] as unknown as Item[];
    assert.deepEqual(await client.upload(promised), { value: 7 });
    function* returning() {
      yield { value: 3 };
      return Promise.resolve({ value: 4 });
    }
    assert.deepEqual(await client.upload(returning()), { value: 3 });
    const mine = new Error('my request failed');
    const failing = [{ value: 1 }, Promise.reject(mine)] as unknown as Item[];
    await assert.rejects(client.upload(failing), (error) => error === mine);
  });
  test('of a silent Readable are destroyed when the call ends', async (t) => {
    const { client } = await startEcho(t, { upload: async () => ({ value: 5 }) });
    const readable = new Readable({ objectMode: true, read() {} });
    assert.deepEqual(await client.upload(readable), { value: 5 });
    if (!readable.closed) await once(readable, 'close');
  });
  test('of a silent web stream are cancelled when the call ends', async (t) => {
    const { client } = await startEcho(t, { upload: async () => ({ value: 5 }) });
    const cancelled = deferred();
    const stream = new ReadableStream<Item>({ cancel: () => cancelled.resolve() });
    assert.deepEqual(await client.upload(stream), { value: 5 });
    await cancelled.promise;
  });
  test('whose clean-up throws do not change how the call ends', async (t) => {
    const { client } = await startEcho(t, { upload: async () => ({ value: 5 }) });
    const requests: Iterable<Item> = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: { value: 1 } }),
        return() {
          throw new Error('my clean-up failed');
        },
      }),
    };
    assert.deepEqual(await client.upload(requests), { value: 5 });
  });
  test('that never make the client wait do not keep the call open after the server reset it', async (t) => {
    const server = createServer().listen(0, '127.0.0.1');
    server.on('stream', (stream) => {
      stream.on('error', () => {});
      stream.once('data', () => stream.close(constants.NGHTTP2_CANCEL));
    });
    await once(server, 'listening');
    const client = connect(EchoClient, `127.0.0.1:${(server.address() as AddressInfo).port}`);
    t.after(async () => {
      await client.close();
      server.close();
    });
    function* endless() {
      for (;;) yield { value: 1 };
    }
    await assert.rejects(client.upload(endless()), failsWith(status.CANCELLED));
  });
});

describe('a deadline', () => {
  for (const [what, options] of [
    ['NaN as timeout', { timeout: Number.NaN }],
    ['a text as timeout', { timeout: '5000' as unknown as number }],
    ['an invalid Date', { deadline: new Date('tomorrow') }],
    ['a number, as grpc-js takes it', { deadline: 1e13 as unknown as Date }],
  ] as const) {
    test(`that is ${what} is a RangeError`, async (t) => {
      const { client } = await startEcho(t);
      await assert.rejects(client.unary({ value: 1 }, options), RangeError);
      await assert.rejects(client.download({ value: 1 }, options).next(), RangeError);
      await assert.rejects(client.upload([], options), RangeError);
    });
  }
  for (const timeout of [2 ** 31 - 1, 2 ** 31, 1e12, Number.MAX_VALUE]) {
    test(`of ${timeout} ms does not fail at once`, async (t) => {
      const { client } = await startEcho(t);
      assert.deepEqual(await client.unary({ value: 1 }, { timeout }), { value: 1 });
    });
  }
});

describe('a signal', () => {
  test('that a hundred calls share causes no warning, and has no listener afterwards', async (t) => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    t.after(() => process.off('warning', onWarning));
    const { client } = await startEcho(t);
    const controller = new AbortController();
    const { signal } = controller;
    const calls = Array.from({ length: 100 }, () => client.unary({ value: 1 }, { signal }));
    await Promise.all(calls);
    controller.abort();
    await assert.rejects(client.unary({ value: 1 }, { signal }), failsWith(status.CANCELLED));
    assert.deepEqual(warnings, []);
  });
  test('aborted after the status has arrived still ends the loop', async (t) => {
    const { client } = await startEcho(t);
    const controller = new AbortController();
    const responses = client.download({ value: 1000 }, { signal: controller.signal });
    await responses.next();
    // One round trip later all responses and the status have arrived.
    await client.unary({ value: 1 });
    controller.abort();
    await assert.rejects(responses.next(), failsWith(status.CANCELLED));
  });
});

describe('a callback', () => {
  for (const name of ['onHeaders', 'onTrailers'] as const) {
    test(`${name} that throws fails the call with its error`, async (t) => {
      const { client } = await startEcho(t);
      const mine = new Error('mine');
      const options = {
        [name]: () => {
          throw mine;
        },
      };
      const isMine = (error: unknown) => error === mine;
      await assert.rejects(client.unary({ value: 1 }, options), isMine);
      await assert.rejects(all(client.download({ value: 3 }, options)), isMine);
      await assert.rejects(client.upload([], options), isMine);
    });
  }
});

describe('an async callback', () => {
  test('that rejects fails the call with its error', async (t) => {
    const { client } = await startEcho(t, {
      async *download(_, { signal }) {
        yield { value: 1 };
        await once(signal, 'abort');
      },
    });
    const mine = new Error('mine');
    const onHeaders = async () => {
      throw mine;
    };
    await assert.rejects(all(client.download({ value: 1 }, { onHeaders })), (error) => error === mine);
  });
  test('that rejects after the end is a warning', async (t) => {
    const { client } = await startEcho(t);
    const warned = once(process, 'warning');
    const onTrailers = async () => {
      throw new Error('mine');
    };
    await client.unary({ value: 1 }, { onTrailers });
    const [warning] = await warned;
    assert.match(String(warning), /a callback of a call failed after its end: Error: mine/);
  });
});

describe('a client', () => {
  test('without an address is refused when it is made', () => {
    for (const missing of [undefined, null, {}]) {
      assert.throws(() => connect(EchoClient, missing as unknown as string), /^TypeError: connect\(\) needs/);
    }
  });
  test('that was closed fails its calls with CANCELLED', async (t) => {
    const { server } = await startEcho(t);
    const client = connect(EchoClient, server.address);
    await client.unary({ value: 1 });
    await client.close();
    await assert.rejects(client.unary({ value: 1 }), failsWith(status.CANCELLED, /closed/));
    await assert.rejects(client.download({ value: 1 }).next(), failsWith(status.CANCELLED, /closed/));
  });
  test('of a channel shares it with another client, and the first close closes both', async (t) => {
    const { server } = await startEcho(t);
    const shared = http2Channel(server.address);
    const seen: string[] = [];
    const watch: Middleware<ClientContext> = (call, next) => {
      seen.push(call.method.path);
      return next(call);
    };
    const first = connect(EchoClient, shared, { middleware: [watch] });
    const second = connect(EchoClient, shared);
    assert.equal(first.channel, shared);
    assert.deepEqual(await first.unary({ value: 1 }), { value: 1 });
    assert.deepEqual(await all(second.download({ value: 2 })), [{ value: 0 }, { value: 1 }]);
    assert.deepEqual(seen, ['/test.Echo/Unary']);
    await first.close();
    await assert.rejects(second.unary({ value: 1 }), failsWith(status.CANCELLED, /closed/));
  });
  test('lets its open calls end before it closes', async (t) => {
    const { server } = await startEcho(t);
    const responses: Item[] = [];
    {
      await using client = connect(EchoClient, server.address);
      const call = client.download({ value: 100 });
      await call.next();
      void all(call).then((rest) => responses.push(...rest));
    }
    assert.equal(responses.length, 99);
  });
  test('closes even if nobody reads the rest of a stream that the server has ended', async (t) => {
    const { server } = await startEcho(t);
    const client = connect(EchoClient, server.address);
    await client.download({ value: 1000 }).next();
    await client.close();
  });
  test('without a server fails with UNAVAILABLE that names the address and the reason', async (t) => {
    const { server } = await startEcho(t);
    await server.shutdown();
    await using client = connect(EchoClient, server.address);
    const said = new RegExp(`no connection to ${server.address}: connection refused`);
    await assert.rejects(client.unary({ value: 1 }), failsWith(status.UNAVAILABLE, said));
  });
  test('with waitForReady gets its answer when a server starts', async (t) => {
    const { server } = await startEcho(t);
    await server.shutdown();
    await using client = connect(EchoClient, server.address, { backoff: { first: 20 } });
    await assert.rejects(client.unary({ value: 1 }), failsWith(status.UNAVAILABLE));
    const answer = client.unary({ value: 1 }, { metadata: new Metadata({ waitForReady: true }) });
    await startEcho(t, {}, { port: server.port });
    assert.deepEqual(await answer, { value: 1 });
  });
});

describe('an early answer', () => {
  test('delivers every response to a slow reader that continues to send', async (t) => {
    const { client } = await startEcho(t, {
      async *exchange() {
        for (let value = 0; value < 2000; value++) yield { value, text: 'x'.repeat(200) };
      },
    });
    async function* requests(): AsyncGenerator<Item> {
      for (;;) {
        yield { value: 1, text: 'y'.repeat(1000) };
        await new Promise(setImmediate);
      }
    }
    let received = 0;
    for await (const { value } of client.exchange(requests())) {
      assert.equal(value, received++);
      if (value % 100 === 0) await client.unary({ value });
    }
    assert.equal(received, 2000);
  });
});
