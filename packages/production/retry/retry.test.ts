import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { connect, defineService, type ServerContext, StatusError, serve } from 'grpc-iterables';
import { Stress } from 'proto';
import type { StressHandlers } from 'proto/gen/stress/Stress';
import { callsAtOnce } from '../limits/calls-at-once.ts';
import { retryDelayOf } from '../limits/exhausted.ts';
import { retryBudget } from './budget.ts';
import { repeatable } from './repeatable.ts';
import { type RetryOptions, retrying } from './retrying.ts';

const SAFE = ['Unary', 'Download', 'Upload', 'Exchange'].map((name) => `/stress.Stress/${name}`);

interface Plan {
  /** How many calls fail before one succeeds. */
  failures: number;
  fail?: (context: ServerContext) => unknown;
  /** Responses before the failure. */
  before?: number;
}

const unavailable = () => new StatusError(status.UNAVAILABLE, 'not now');

/** A server that fails as planned, and a client that repeats its calls. */
async function started(t: TestContext, plan: Plan, options: RetryOptions = {}, safe = SAFE) {
  const seen = { calls: 0, attempts: [] as unknown[], requests: [] as number[] };
  function begin(context: ServerContext): void {
    seen.calls++;
    seen.attempts.push(context.metadata.get('grpc-previous-rpc-attempts')[0]);
    if (seen.calls <= plan.failures) throw (plan.fail ?? unavailable)(context);
  }
  async function count(requests: AsyncIterable<unknown>): Promise<void> {
    let received = 0;
    for await (const _ of requests) received++;
    seen.requests.push(received);
  }
  const service = defineService<StressHandlers>(
    Stress.service,
    {
      async Unary(_, context) {
        begin(context);
        return { sequence: 1 };
      },
      async *Download(_, context) {
        for (let sequence = 0; sequence < (plan.before ?? 0); sequence++) yield { sequence };
        begin(context);
        yield { sequence: 7 };
      },
      async Upload(requests, context) {
        await count(requests);
        begin(context);
        return { sequence: seen.requests.at(-1) ?? 0 };
      },
      async *Exchange(requests, context) {
        await count(requests);
        begin(context);
        yield { sequence: 7 };
      },
    },
    { onError: () => {} },
  );
  const server = await serve([service]);
  const middleware = [retrying(safe, { firstPause: 5, ...options })];
  const client = connect(Stress, server.address, { middleware });
  t.after(async () => {
    await server.shutdown();
    await client.close();
  });
  return { client, server, seen };
}

async function all(messages: AsyncIterable<{ sequence: number }>): Promise<number[]> {
  const received: number[] = [];
  for await (const { sequence } of messages) received.push(sequence);
  return received;
}

const failing = (code: status) => () => new StatusError(code, 'as planned');
function pushback(text: string) {
  return (_: ServerContext) => {
    const metadata = new Metadata();
    metadata.set('grpc-retry-pushback-ms', text);
    return new StatusError(status.RESOURCE_EXHAUSTED, 'too much', { metadata });
  };
}

describe('a call whose server is UNAVAILABLE', () => {
  test('is made again, in all four kinds, and the server learns how many attempts came before', async (t) => {
    for (const call of ['unary', 'download', 'upload', 'exchange'] as const) {
      const { client, seen } = await started(t, { failures: 2 });
      if (call === 'unary') assert.equal((await client.unary({})).sequence, 1);
      else if (call === 'download') assert.deepEqual(await all(client.download({})), [7]);
      else if (call === 'upload') assert.equal((await client.upload([{}, {}, {}])).sequence, 3);
      else assert.deepEqual(await all(client.exchange([{}, {}, {}])), [7]);
      assert.deepEqual(seen.attempts, [undefined, '1', '2'], call);
      if (call === 'upload' || call === 'exchange') assert.deepEqual(seen.requests, [3, 3, 3]);
    }
  });
  test('fails with the last failure after the most attempts', async (t) => {
    const { client, seen } = await started(t, { failures: 9 }, { attempts: 3 });
    await assert.rejects(client.unary({}), { code: status.UNAVAILABLE, details: 'not now' });
    assert.equal(seen.calls, 3);
  });
  test('is not made again if its method is not safe', async (t) => {
    const { client, seen } = await started(t, { failures: 1 }, {}, ['/stress.Stress/Download']);
    await assert.rejects(client.unary({}), { code: status.UNAVAILABLE });
    assert.equal(seen.calls, 1);
  });
  test('is not made again after its first response', async (t) => {
    const { client, seen } = await started(t, { failures: 1, before: 2 });
    const received: number[] = [];
    await assert.rejects(
      (async () => {
        for await (const { sequence } of client.download({})) received.push(sequence);
      })(),
      { code: status.UNAVAILABLE },
    );
    assert.deepEqual(received, [0, 1]);
    assert.equal(seen.calls, 1);
  });
  test('is made again until there is a server at the address', async (t) => {
    const { client, server } = await started(t, { failures: 0 }, { attempts: 2 });
    await server.shutdown();
    await assert.rejects(client.unary({}), { code: status.UNAVAILABLE });
  });
});

for (const code of [
  status.CANCELLED,
  status.UNKNOWN,
  status.INVALID_ARGUMENT,
  status.DEADLINE_EXCEEDED,
  status.NOT_FOUND,
  status.ALREADY_EXISTS,
  status.PERMISSION_DENIED,
  status.RESOURCE_EXHAUSTED,
  status.FAILED_PRECONDITION,
  status.ABORTED,
  status.OUT_OF_RANGE,
  status.UNIMPLEMENTED,
  status.INTERNAL,
  status.DATA_LOSS,
  status.UNAUTHENTICATED,
]) {
  test(`${status[code]} is not retried`, async (t) => {
    const { client, seen } = await started(t, { failures: 1, fail: failing(code) });
    await assert.rejects(client.unary({}), { code });
    assert.equal(seen.calls, 1);
  });
}

describe('requests', () => {
  test('of a generator are sent once: the call fails', async (t) => {
    const { client, seen } = await started(t, { failures: 1 });
    async function* once() {
      yield {};
    }
    await assert.rejects(client.upload(once()), { code: status.UNAVAILABLE });
    assert.deepEqual(seen.requests, [1]);
  });
  test('that are repeatable() are made again for each attempt', async (t) => {
    const { client, seen } = await started(t, { failures: 2 });
    let made = 0;
    async function* make() {
      made++;
      yield* [{}, {}];
    }
    assert.equal((await client.upload(repeatable(make))).sequence, 2);
    assert.equal(made, 3);
    assert.deepEqual(seen.requests, [2, 2, 2]);
  });
  test('that throw end the call with what they threw, without another attempt', async (t) => {
    const { client } = await started(t, { failures: 0 });
    let made = 0;
    const broken = repeatable<object>(() => {
      made++;
      throw new Error('no such file');
    });
    await assert.rejects(client.upload(broken), /no such file/);
    assert.equal(made, 1);
  });
});

describe("the server's pushback", () => {
  test('says when the next attempt comes, also for RESOURCE_EXHAUSTED', async (t) => {
    const { client, seen } = await started(t, { failures: 1, fail: pushback('150') });
    const begun = performance.now();
    assert.equal((await client.unary({})).sequence, 1);
    assert.ok(performance.now() - begun >= 149);
    assert.equal(seen.calls, 2);
  });
  for (const text of ['-1', 'soon', '', '9999999999']) {
    test(`"${text}" means: not again`, async (t) => {
      const { client, seen } = await started(t, { failures: 1, fail: pushback(text) });
      await assert.rejects(client.unary({}), { code: status.RESOURCE_EXHAUSTED });
      assert.equal(seen.calls, 1);
    });
  }
  test('can be read from elsewhere: RetryInfo of a limit', async (t) => {
    const service = defineService<StressHandlers>(Stress.service, {
      Unary: () => ({ sequence: 1 }),
      async *Download(_, { signal }) {
        yield {};
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
      Upload: () => ({}),
      async *Exchange() {},
    });
    const server = await serve([service], { middleware: [callsAtOnce(1)] });
    t.after(() => server.shutdown());
    const delays: number[] = [];
    const delayOf = (error: StatusError) => {
      const asked = retryDelayOf(error);
      if (asked !== undefined) delays.push(asked);
      return asked && 20;
    };
    await using client = connect(Stress, server.address, { middleware: [retrying(SAFE, { delayOf })] });
    const stream = client.download({});
    await stream.next();
    const waiting = client.unary({});
    while (delays.length === 0) await new Promise(setImmediate);
    await stream.return?.();
    assert.equal((await waiting).sequence, 1);
    assert.equal(delays[0], 1000);
  });
});

describe('the deadline', () => {
  test('is one for all attempts: no pause goes beyond it', async (t) => {
    const { client, seen } = await started(t, { failures: 9, fail: pushback('60000') });
    await assert.rejects(client.unary({}, { timeout: 5000 }), { code: status.RESOURCE_EXHAUSTED });
    assert.equal(seen.calls, 1);
  });
  test('reaches the server as what is left of it', async (t) => {
    const deadlines: (number | undefined)[] = [];
    const fail = ({ deadline }: ServerContext) => {
      deadlines.push(deadline?.getTime());
      return unavailable();
    };
    const { client } = await started(t, { failures: 2, fail });
    await client.unary({}, { timeout: 60_000 });
    const [first = 0, second = 0] = deadlines;
    assert.ok(Math.abs(first - second) < 50, `${first} and ${second}`);
  });
});

test('a signal ends the pause', async (t) => {
  const { client, seen } = await started(t, { failures: 9, fail: pushback('60000') });
  const stop = new AbortController();
  const call = client.unary({}, { signal: stop.signal });
  while (seen.calls === 0) await new Promise(setImmediate);
  stop.abort();
  await assert.rejects(call, { code: status.CANCELLED });
});

test('onTrailers gets the trailers of the last attempt only', async (t) => {
  const { client } = await started(t, { failures: 2 });
  let calls = 0;
  await client.unary({}, { onTrailers: () => calls++ });
  assert.equal(calls, 1);
});

describe('the budget', () => {
  test('stops the retries of a client whose calls all fail, and gives them back with successes', async (t) => {
    const plan = { failures: 1000 };
    const { client, seen } = await started(t, plan, { attempts: 4, firstPause: 1 });
    for (let call = 0; call < 50; call++)
      await assert.rejects(client.unary({}), { code: status.UNAVAILABLE });
    // Without a budget these would be 200.
    assert.equal(seen.calls, 53);
    plan.failures = 0;
    for (let call = 0; call < 70; call++) await client.unary({});
    const before = seen.calls;
    plan.failures = before + 1;
    await client.unary({});
    assert.equal(seen.calls, before + 2);
  });
  test('gets a success from a stream that is complete without a response', async (t) => {
    const service = defineService<StressHandlers>(Stress.service, {
      Unary: () => ({}),
      async *Download() {},
      Upload: () => ({}),
      async *Exchange() {},
    });
    const server = await serve([service]);
    t.after(() => server.shutdown());
    const budget = retryBudget(2);
    budget.failed();
    assert.equal(budget.allows, false);
    await using client = connect(Stress, server.address, { middleware: [retrying(SAFE, { budget })] });
    assert.deepEqual(await all(client.download({})), []);
    assert.equal(budget.allows, true);
  });
  test('refuses sizes that make no sense', () => {
    assert.throws(() => retryBudget(0), /most is 0/);
    assert.throws(() => retryBudget(10, Number.NaN), /ratio is NaN/);
    assert.throws(() => retrying([], { attempts: 0 }), /attempts is 0/);
  });
});
