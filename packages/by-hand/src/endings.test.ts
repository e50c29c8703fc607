import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { describe, type TestContext, test } from 'node:test';
import { call, type Options } from './call.ts';
import { sqrt } from './contract.ts';
import { type Handler, route, serve } from './serve.ts';
import { GrpcError, status } from './status.ts';

interface Root {
  sqrt: number;
}
type Sqrt = Handler<{ number: number }, Root>;

const roots: Sqrt = async function* (requests) {
  for await (const { number } of requests) yield { sqrt: Math.sqrt(number) };
};

/** What the server saw of one call. */
function watched(handler: Sqrt) {
  let tell: (seen: unknown) => void = () => {};
  const seen = new Promise<unknown>((resolve) => {
    tell = resolve;
  });
  const wrapped: Sqrt = async function* (requests, signal) {
    let outcome: unknown = 'returned early';
    try {
      yield* handler(requests, signal);
      outcome = 'complete';
    } catch (error) {
      outcome = error;
      throw error;
    } finally {
      tell(signal.aborted ? signal.reason : outcome);
    }
  };
  return { handler: wrapped, seen };
}

async function start(t: TestContext, handler: Sqrt) {
  const server = await serve([route(sqrt, handler)]);
  const session = connect(`http://${server.address}`);
  session.on('error', () => {});
  t.after(async () => {
    session.destroy();
    await server.shutdown(0);
  });
  return {
    server,
    session,
    ask: (requests: Parameters<typeof call<{ number?: number }, Root>>[2], options?: Options) =>
      call(session, sqrt, requests, options),
  };
}

async function all(responses: AsyncIterable<Root>): Promise<number[]> {
  const received: number[] = [];
  for await (const response of responses) received.push(response.sqrt);
  return received;
}

/** Numbers without an end, with a wait after the first one. `returned` resolves in their `finally`. */
function endless() {
  let release = () => {};
  const returned = new Promise<void>((resolve) => {
    release = resolve;
  });
  const never = new Promise<never>(() => {});
  let sent = false;
  const requests: AsyncIterable<{ number: number }> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        if (sent) return never;
        sent = true;
        return { done: false, value: { number: 4 } };
      },
      return: async () => {
        release();
        return { done: true, value: undefined };
      },
    }),
  };
  return { requests, returned };
}

const hasCode = (code: number, details?: RegExp) => (error: unknown) => {
  assert.ok(error instanceof GrpcError, String(error));
  assert.equal(error.code, code, error.details);
  if (details) assert.match(error.details, details);
  return true;
};

const guard = { timeout: 20_000 };

describe('by hand', () => {
  test('complete: every message arrives, in order', guard, async (t) => {
    const { handler, seen } = watched(roots);
    const { ask } = await start(t, handler);
    const numbers = Array.from({ length: 20_000 }, (_, number) => ({ number }));
    assert.deepEqual(
      await all(ask(numbers)),
      numbers.map(({ number }) => Math.sqrt(number)),
    );
    assert.equal(await seen, 'complete');
  });

  test('complete: an empty stream', guard, async (t) => {
    const { ask } = await start(t, roots);
    assert.deepEqual(await all(ask([])), []);
  });

  test('a response arrives as soon as it is written', guard, async (t) => {
    const { ask } = await start(t, roots);
    const { requests } = endless();
    const responses = ask(requests);
    assert.deepEqual(await responses.next(), { done: false, value: { sqrt: 2 } });
    await responses.return?.(undefined);
  });

  test(
    'client leaves the loop: the server sees a cancel, and return() is called on the requests',
    guard,
    async (t) => {
      const { handler, seen } = watched(roots);
      const { ask } = await start(t, handler);
      const { requests, returned } = endless();
      for await (const _ of ask(requests)) break;
      await returned;
      assert.ok(hasCode(status.CANCELLED)(await seen));
    },
  );

  test('client aborts: both sides see CANCELLED', guard, async (t) => {
    const { handler, seen } = watched(roots);
    const { ask } = await start(t, handler);
    const { requests, returned } = endless();
    const controller = new AbortController();
    await assert.rejects(async () => {
      for await (const _ of ask(requests, { signal: controller.signal })) controller.abort();
    }, hasCode(status.CANCELLED));
    await returned;
    assert.ok(hasCode(status.CANCELLED)(await seen));
  });

  test('requests throw: the call throws their error', guard, async (t) => {
    const { handler, seen } = watched(roots);
    const { ask } = await start(t, handler);
    let answered = () => {};
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    async function* broken() {
      yield { number: 4 };
      await answer;
      throw new RangeError('mine');
    }
    await assert.rejects(async () => {
      for await (const _ of ask(broken())) answered();
    }, new RangeError('mine'));
    assert.ok(hasCode(status.CANCELLED)(await seen));
  });

  test('cancelled at any moment, a stream never looks complete', guard, async (t) => {
    let begun = 0;
    let completed = 0;
    let ended = 0;
    const CALLS = 500;
    const { ask } = await start(t, async function* (requests) {
      begun++;
      try {
        for await (const _ of requests);
        completed++;
        yield { sqrt: 0 };
      } finally {
        ended++;
      }
    });
    async function* cut(after: number) {
      for (let number = 0; number < after; number++) {
        yield { number };
        if (number % 7 === 3) await new Promise(setImmediate);
      }
      throw new Error('cut');
    }
    for (let made = 0; made < CALLS; made += 50) {
      const calls = Array.from({ length: 50 }, (_, index) => all(ask(cut((made + index * 7) % 97))));
      for (const outcome of await Promise.allSettled(calls)) assert.equal(outcome.status, 'rejected');
    }
    // Some calls are cancelled before they reach the server. When this last call completes, all others have arrived.
    assert.deepEqual(await all(ask([])), [0]);
    while (ended < begun) await new Promise(setImmediate);
    assert.ok(begun > CALLS / 2, `only ${begun} calls reached the server`);
    assert.equal(completed, 1);
  });

  test('deadline: both sides see DEADLINE_EXCEEDED', guard, async (t) => {
    const { handler, seen } = watched(roots);
    const { ask } = await start(t, handler);
    const { requests, returned } = endless();
    await assert.rejects(all(ask(requests, { timeout: 100 })), hasCode(status.DEADLINE_EXCEEDED));
    await returned;
    const error = await seen;
    assert.ok(error instanceof GrpcError);
    // The client resets the stream at its own deadline, so either side may be first.
    assert.ok(error.code === status.DEADLINE_EXCEEDED || error.code === status.CANCELLED);
  });

  test('deadline: the server keeps it, even if the client does not', guard, async (t) => {
    const { handler, seen } = watched(roots);
    const { session } = await start(t, handler);
    const stream = session.request({ ':method': 'POST', ':path': sqrt.path, 'grpc-timeout': '50m' });
    const [trailers] = await once(stream.resume(), 'trailers');
    assert.equal(trailers['grpc-status'], String(status.DEADLINE_EXCEEDED));
    assert.ok(hasCode(status.DEADLINE_EXCEEDED)(await seen));
  });

  test('server throws: its status, after the responses before it', guard, async (t) => {
    const { ask } = await start(t, async function* () {
      yield { sqrt: 1 };
      throw new GrpcError(status.RESOURCE_EXHAUSTED, 'genug für heute: 100 %');
    });
    const received: number[] = [];
    await assert.rejects(
      async () => {
        for await (const response of ask([])) received.push(response.sqrt);
      },
      hasCode(status.RESOURCE_EXHAUSTED, /^genug für heute: 100 %$/),
    );
    assert.deepEqual(received, [1]);
  });

  test('server throws another error: INTERNAL, without its text', guard, async (t) => {
    t.mock.method(console, 'error', () => {});
    const { ask } = await start(t, async function* () {
      yield { sqrt: 1 };
      throw new Error('/etc/secret');
    });
    await assert.rejects(all(ask([])), hasCode(status.INTERNAL, /^internal error$/));
  });

  test(
    'server answers early: the answer comes at once, and return() is called on the requests',
    guard,
    async (t) => {
      const { ask } = await start(t, async function* (requests) {
        for await (const _ of requests) break;
        yield { sqrt: 42 };
      });
      const { requests, returned } = endless();
      assert.deepEqual(await all(ask(requests)), [42]);
      await returned;
    },
  );

  test('unknown method: UNIMPLEMENTED', guard, async (t) => {
    const { session } = await start(t, roots);
    await assert.rejects(
      all(call(session, { ...sqrt, path: '/a/b' }, [])),
      hasCode(status.UNIMPLEMENTED, /\/a\/b/),
    );
  });

  test('connection lost: both sides see UNAVAILABLE', guard, async (t) => {
    const { handler, seen } = watched(roots);
    const { ask, session } = await start(t, handler);
    const { requests, returned } = endless();
    await assert.rejects(async () => {
      for await (const _ of ask(requests)) session.destroy();
    }, hasCode(status.UNAVAILABLE));
    await returned;
    assert.ok(hasCode(status.UNAVAILABLE)(await seen));
  });

  test('server shuts down: open calls end with UNAVAILABLE after the grace period', guard, async (t) => {
    const { handler, seen } = watched(roots);
    const { ask, server } = await start(t, handler);
    const { requests } = endless();
    await assert.rejects(
      async () => {
        for await (const _ of ask(requests)) void server.shutdown(50);
      },
      hasCode(status.UNAVAILABLE, /shutting down/),
    );
    assert.ok(hasCode(status.UNAVAILABLE)(await seen));
  });

  test('server waits for a client that does not read', guard, async (t) => {
    let sent = 0;
    const { ask } = await start(t, async function* (requests) {
      for await (const _ of requests) for (; sent < 1_000_000; sent++) yield { sqrt: sent };
    });
    const responses = ask([{ number: 1 }]);
    await responses.next();
    for (let round = 0; round < 50; round++) await all(ask([]));
    assert.ok(sent < 1_000_000, `${sent} messages were taken`);
    await responses.return?.(undefined);
  });
});
