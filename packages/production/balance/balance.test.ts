import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { developmentCertificates } from 'cli/certificates';
import { startProgram } from 'cli/testing';
import { connect, defineService, type ServeOptions, StatusError, serve } from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { healthOf } from '../health/health.ts';
import type { Resolve } from './addresses.ts';
import { type BalancedOptions, balanced } from './balanced.ts';
import { renewed } from './renewed.ts';

/** A server whose streams count on from the number, one message at each `tick`. */
async function started(t: TestContext, options: ServeOptions & { health?: false } = {}) {
  const seen = { calls: 0, open: 0, tick: () => {} };
  const ticks = new Set<() => void>();
  seen.tick = () => {
    for (const wake of [...ticks]) wake();
  };
  const pow = defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number, count }, { signal }) {
      seen.calls++;
      seen.open++;
      try {
        for (let next = Number(number); ; next++) {
          yield { number: next };
          if (count > 0) return;
          await new Promise<void>((resolve) => {
            const wake = () => {
              ticks.delete(wake);
              resolve();
            };
            ticks.add(wake);
            signal.addEventListener('abort', wake, { once: true });
          });
        }
      } finally {
        seen.open--;
      }
    },
  });
  const health = healthOf([pow]);
  const server = await serve(options.health === false ? [pow] : [pow, health.service], {
    gracePeriod: 100,
    ...options,
  });
  t.after(() => server.shutdown());
  return { server, health, seen };
}

type Started = Awaited<ReturnType<typeof started>>;

function connected(t: TestContext, addresses: string[], options?: BalancedOptions) {
  const client = connect(ServerStream, balanced(addresses, options));
  t.after(() => client.close());
  return client;
}

type Client = ReturnType<typeof connected>;

async function calls(client: Client, count: number) {
  for (let number = 0; number < count; number++) {
    for await (const _ of client.pow({ number, count: 1 }));
  }
}

/** Resolves when calls go to exactly these servers: others get no more. */
async function untilServedBy(client: Client, all: Started[], wanted: Started[]) {
  for (;;) {
    const before = all.map(({ seen }) => seen.calls);
    await calls(client, 3 * all.length);
    const got = all.filter(({ seen }, index) => seen.calls > (before[index] ?? 0));
    if (got.length === wanted.length && got.every((server) => wanted.includes(server))) return;
  }
}

const addressesOf = (servers: Started[]) => servers.map(({ server }) => server.address);
const failsWith = (code: status, details: RegExp) => (error: unknown) => {
  assert.ok(error instanceof StatusError, String(error));
  assert.equal(status[error.code], status[code], error.details);
  assert.match(error.details, details);
  return true;
};

test('calls go round the servers in turn', async (t) => {
  const servers = [await started(t), await started(t), await started(t)];
  const client = connected(t, addressesOf(servers));
  await untilServedBy(client, servers, servers);
  const before = servers.map(({ seen }) => seen.calls);
  await calls(client, 30);
  assert.deepEqual(
    servers.map(({ seen }, index) => seen.calls - (before[index] ?? 0)),
    [10, 10, 10],
  );
});

describe('a server', () => {
  test('that says NOT_SERVING gets no calls until it is SERVING again, and keeps its open ones', async (t) => {
    const [first, second] = [await started(t), await started(t)];
    const client = connected(t, addressesOf([first, second]), { service: 'stream.ServerStream' });
    await untilServedBy(client, [first, second], [first, second]);
    const streams = [client.pow({ number: 1 }), client.pow({ number: 1 })];
    for (const stream of streams) await stream.next();
    first.health.set('stream.ServerStream', 'NOT_SERVING');
    await untilServedBy(client, [first, second], [second]);
    assert.equal(first.seen.open, 1);
    for (const { seen } of [first, second]) seen.tick();
    for (const stream of streams) assert.equal((await stream.next()).value?.number, '2');
    first.health.set('stream.ServerStream', 'SERVING');
    await untilServedBy(client, [first, second], [first, second]);
    for (const stream of streams) await stream.return?.();
  });
  test('without a health service counts as healthy', async (t) => {
    const only = await started(t, { health: false });
    await calls(connected(t, [only.server.address]), 3);
    assert.equal(only.seen.calls, 3);
  });
  test('that is gone gets no calls, and gets them again when it is back', async (t) => {
    const [first, second] = [await started(t), await started(t)];
    const client = connected(t, addressesOf([first, second]), { backoff: { first: 20, longest: 50 } });
    await untilServedBy(client, [first, second], [first, second]);
    await first.server.shutdown();
    await calls(client, 10);
    const back = await started(t, { port: first.server.port });
    await untilServedBy(client, [back, second], [back, second]);
  });
});

describe('without a server', () => {
  test('a call fails with UNAVAILABLE and the reason for each', async (t) => {
    const [gone, sick] = [await started(t), await started(t)];
    await gone.server.shutdown();
    sick.health.set('', 'NOT_SERVING');
    const client = connected(t, addressesOf([gone, sick]));
    await assert.rejects(
      client.pow({ number: 1 }).next(),
      failsWith(
        status.UNAVAILABLE,
        new RegExp(`${gone.server.address}: connection refused; ${sick.server.address} says NOT_SERVING`),
      ),
    );
  });
  test('a call with waitForReady waits for one, or for its deadline, or for its cancel', async (t) => {
    const sick = await started(t);
    sick.health.set('', 'NOT_SERVING');
    const client = connected(t, [sick.server.address]);
    const metadata = new Metadata({ waitForReady: true });
    const late = client.pow({ number: 1 }, { metadata, timeout: 100 });
    await assert.rejects(late.next(), failsWith(status.DEADLINE_EXCEEDED, /no server of/));
    const stop = new AbortController();
    const cancelled = client.pow({ number: 1 }, { metadata, signal: stop.signal }).next();
    stop.abort();
    await assert.rejects(cancelled, failsWith(status.CANCELLED, /by the caller/));
    const waiting = client.pow({ number: 5, count: 1 }, { metadata }).next();
    sick.health.set('', 'SERVING');
    assert.equal((await waiting).value?.number, '5');
  });
  test('a name that cannot be looked up is UNAVAILABLE, and says so', async (t) => {
    const client = connected(t, ['orders:8082'], {
      resolve: () => Promise.reject(new Error('getaddrinfo ENOTFOUND orders')),
    });
    await assert.rejects(client.pow({}).next(), failsWith(status.UNAVAILABLE, /ENOTFOUND orders/));
  });
  for (const [what, resolve, why] of [
    ['fails without a reason', () => Promise.reject(), /cannot be looked up: undefined/],
    ['finds another name', async () => ['db1'], /"db1", found for orders, is not an IP address/],
    ['finds an empty text', async () => [''], /"", found for orders, is not an IP address/],
    ['finds no address', async () => [], /the name has no address/],
  ] as const) {
    test(`a lookup that ${what} is UNAVAILABLE, and does not end the process`, async (t) => {
      const client = connected(t, ['orders:8082'], { resolve: resolve as Resolve });
      await assert.rejects(client.pow({}).next(), failsWith(status.UNAVAILABLE, why));
    });
  }
  test('ready() fails after its timeout with the reason, or once its signal is aborted', async (t) => {
    const sick = await started(t);
    sick.health.set('', 'NOT_SERVING');
    const { channel } = connected(t, [sick.server.address]);
    await assert.rejects(channel.ready({ timeout: 300 }), /says NOT_SERVING/);
    await assert.rejects(channel.ready({ signal: AbortSignal.abort(new Error('enough')) }), /enough/);
    sick.health.set('', 'SERVING');
    await channel.ready();
  });
  test('a closed channel takes no calls, and those that wait end', async (t) => {
    const sick = await started(t);
    sick.health.set('', 'NOT_SERVING');
    const client = connected(t, [sick.server.address]);
    const waiting = client.pow({}, { metadata: new Metadata({ waitForReady: true }) }).next();
    const ended = assert.rejects(waiting, failsWith(status.CANCELLED, /was closed/));
    await client.close();
    await ended;
    await assert.rejects(client.pow({}).next(), failsWith(status.CANCELLED, /was closed/));
  });
});

for (const [targets, options, message] of [
  [[], {}, /at least one address/],
  [['host:99999'], {}, /"host:99999" is not an address/],
  [['a:1'], { refresh: 0 }, /refresh is 0/],
  [['a:1'], { window: -1 }, /window is -1/],
] as const) {
  test(`balanced(${JSON.stringify(targets)}, ${JSON.stringify(options)}) says what is wrong`, () => {
    assert.throws(() => balanced([...targets], options), message);
  });
}

describe('a name', () => {
  /** Servers at 127.0.0.1, 127.0.0.2 and so on, with one port. */
  async function atOnePort(t: TestContext, count: number, options: ServeOptions = {}) {
    const first = await started(t, options);
    const { port } = first.server;
    const others = Array.from({ length: count - 1 }, (_, index) =>
      started(t, { ...options, host: `127.0.0.${index + 2}`, port }),
    );
    return { port, servers: [first, ...(await Promise.all(others))] };
  }

  test('is looked up again: a server that was added gets calls, one that is gone keeps only its open ones', async (t) => {
    const { port, servers } = await atOnePort(t, 2);
    const [first, second] = servers as [Started, Started];
    let addresses = ['127.0.0.1'];
    const client = connected(t, [`dns:orders:${port}`], { resolve: async () => addresses, refresh: 20 });
    const stream = client.pow({ number: 1 });
    await stream.next();
    assert.equal(first.seen.open, 1);
    addresses = ['127.0.0.1', '127.0.0.2'];
    await untilServedBy(client, servers, servers);
    addresses = ['127.0.0.2'];
    await untilServedBy(client, servers, [second]);
    first.seen.tick();
    assert.equal((await stream.next()).value?.number, '2');
    addresses = [];
    await untilServedBy(client, servers, [second]);
    await stream.return?.();
  });

  test('is what the certificate of each server has to have', async (t) => {
    const { ca = '', server: cert = '', 'server-key': key = '' } = await developmentCertificates();
    const { port, servers } = await atOnePort(t, 2, { tls: { cert, key } });
    const resolve = async () => ['127.0.0.2'];
    const client = connected(t, [`localhost:${port}`], { tls: { ca }, resolve });
    await calls(client, 2);
    assert.equal(servers[1]?.seen.calls, 2);
    const wrong = connected(t, [`orders:${port}`], { tls: { ca }, resolve });
    await assert.rejects(calls(wrong, 1), failsWith(status.UNAVAILABLE, /not in the cert's altnames/));
  });

  test('long streams spread to a server that was added, and lose and double nothing', async (t) => {
    const { port, servers } = await atOnePort(t, 2);
    const [first, second] = servers as [Started, Started];
    let addresses = ['127.0.0.1'];
    const client = connected(t, [`orders:${port}`], { resolve: async () => addresses, refresh: 20 });
    const feed = setInterval(() => {
      for (const { seen } of servers) seen.tick();
    }, 5);
    let spread = false;
    const received = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const numbers: number[] = [];
        const open = (last: { number: string } | undefined, signal: AbortSignal) =>
          client.pow({ number: Number(last?.number ?? 0) + 1 }, { signal });
        for await (const { number } of renewed(open, 300)) {
          numbers.push(Number(number));
          // The second server comes when all streams are open on the first.
          if (first.seen.open === 6) addresses = ['127.0.0.1', '127.0.0.2'];
          spread ||= second.seen.open >= 2;
          if (spread && numbers.length > 10) break;
        }
        return numbers;
      }),
    );
    clearInterval(feed);
    for (const numbers of received)
      assert.deepEqual(
        numbers,
        numbers.map((_, index) => index + 1),
      );
  });
});

test('renewed passes other failures on, and ends as the stream does', async () => {
  async function* fails() {
    yield 1;
    throw new StatusError(status.NOT_FOUND, 'gone');
  }
  const received: number[] = [];
  await assert.rejects(
    async () => {
      for await (const number of renewed(fails, 60_000)) received.push(number);
    },
    failsWith(status.NOT_FOUND, /gone/),
  );
  assert.deepEqual(received, [1]);
  async function* ends() {
    yield 1;
  }
  for await (const number of renewed(ends, 60_000)) received.push(number);
  assert.deepEqual(received, [1, 1]);
});

test('renewed refuses an age that no timer takes', async () => {
  for (const age of [0, Number.NaN, 30 * 24 * 3600_000]) {
    await assert.rejects(renewed(async function* () {}, age).next(), RangeError);
  }
});

test('one server killed, one drained, one added under load: no completed call is lost or doubled', async (t) => {
  const run = startProgram(t, new URL('./test/rolling-restart.ts', import.meta.url), '--calls', '600');
  assert.equal(await run.exit, 0, [...run.output, ...run.errors].join('\n'));
  await run.line(/^0 completed calls lost, 0 doubled, 0 wrong$/);
});
