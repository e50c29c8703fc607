// gRPC by hand works with grpc-js on the other side.
import assert from 'node:assert/strict';
import { connect as connectHttp2 } from 'node:http2';
import { describe, type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { connect, defineService, StatusError, serve as serveGrpcJs } from 'grpc-iterables';
import { BidirectionalStreamServer, ClientStream, ServerStream } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import { call } from './call.ts';
import { sqrt } from './contract.ts';
import { routes } from './handlers.ts';
import { serve } from './serve.ts';
import { GrpcError } from './status.ts';

const guard = { timeout: 30_000 };

async function startByHand(t: TestContext) {
  const server = await serve(routes);
  t.after(() => server.shutdown(0));
  const pow = connect(ServerStream, server.address);
  const sum = connect(ClientStream, server.address);
  const sqrt = connect(BidirectionalStreamServer, server.address);
  t.after(() => Promise.all([pow.close(), sum.close(), sqrt.close()]));
  return { pow: pow.pow, sum: sum.sum, sqrt: sqrt.sqrt };
}

describe('a client of grpc-iterables calls the server by hand', () => {
  test('it gets exact powers, and an error in place of the first one that does not fit', guard, async (t) => {
    const { pow } = await startByHand(t);
    const received: string[] = [];
    await assert.rejects(
      async () => {
        for await (const { number } of pow({ number: 10, count: 30 })) received.push(number);
      },
      { code: status.OUT_OF_RANGE, details: /does not fit int64/ },
    );
    assert.equal(received.at(-1), '1000000000000000000');
  });

  test('it uploads a hundred thousand numbers', guard, async (t) => {
    const { sum } = await startByHand(t);
    async function* numbers() {
      for (let data = 1; data <= 100_000; data++) yield { data };
    }
    assert.deepEqual(await sum(numbers()), { sum: '5000050000' });
  });

  test('it gets an answer to each number', guard, async (t) => {
    const { sqrt: ask } = await startByHand(t);
    const received: number[] = [];
    for await (const response of ask([{ number: 4 }, { number: 9 }])) received.push(response.sqrt);
    assert.deepEqual(received, [2, 3]);
  });

  test('a cancelled upload is never summed', guard, async (t) => {
    let completed = 0;
    let ended = 0;
    const { sum } = await startByHand(t);
    async function* broken(count: number) {
      for (let data = 0; data < count; data++) yield { data };
      ended++;
      throw new Error('cut');
    }
    const calls = Array.from({ length: 200 }, (_, count) => sum(broken(count)).then(() => completed++));
    await Promise.allSettled(calls);
    assert.equal(ended, 200);
    assert.equal(completed, 0);
  });
});

describe('the client by hand calls a grpc-js server', () => {
  async function startGrpcJs(
    t: TestContext,
    handlers: Parameters<typeof defineService<BidirectionalStreamServerHandlers>>[1],
  ) {
    const server = await serveGrpcJs(
      [defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, handlers)],
      {
        gracePeriod: 0,
      },
    );
    const session = connectHttp2(`http://${server.address}`);
    t.after(async () => {
      session.destroy();
      await server.shutdown();
    });
    return session;
  }

  test('it gets the answers, and the status of a call that failed', guard, async (t) => {
    const session = await startGrpcJs(t, {
      async *Sqrt(requests) {
        for await (const { number } of requests) {
          if (number < 0) throw new StatusError(status.INVALID_ARGUMENT, 'no root: ж');
          yield { sqrt: Math.sqrt(number) };
        }
      },
    });
    const received: number[] = [];
    await assert.rejects(async () => {
      for await (const response of call(session, sqrt, [{ number: 4 }, { number: -1 }]))
        received.push(response.sqrt);
    }, new GrpcError(status.INVALID_ARGUMENT, 'no root: ж'));
    assert.deepEqual(received, [2]);
  });

  test('a cancelled call never looks complete', guard, async (t) => {
    let begun = 0;
    let completed = 0;
    let ended = 0;
    const CALLS = 300;
    const session = await startGrpcJs(t, {
      async *Sqrt(requests) {
        begun++;
        try {
          for await (const _ of requests);
          completed++;
          yield {};
        } finally {
          ended++;
        }
      },
    });
    async function* cut(after: number) {
      for (let number = 0; number < after; number++) {
        yield { number };
        if (number % 7 === 3) await new Promise(setImmediate);
      }
      throw new Error('cut');
    }
    async function attempt(after: number): Promise<void> {
      for await (const _ of call(session, sqrt, cut(after)));
    }
    await Promise.allSettled(Array.from({ length: CALLS }, (_, made) => attempt(1 + (made % 50))));
    // Some calls are cancelled before they reach the server. When this last call completes, all others have arrived.
    for await (const _ of call(session, sqrt, []));
    while (ended < begun) await new Promise(setImmediate);
    assert.ok(begun > CALLS / 2, `only ${begun} calls reached the server`);
    assert.equal(completed, 1);
  });
});
