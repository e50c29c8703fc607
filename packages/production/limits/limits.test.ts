import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Metadata, status } from '@grpc/grpc-js';
import { detailsOf } from 'errors';
import {
  connect,
  defineService,
  type Middleware,
  type ServeOptions,
  type ServerContext,
  StatusError,
  serve,
} from 'grpc-iterables';
import { BidirectionalStreamServer, ClientStream, ServerStream } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { callsAtOnce } from './calls-at-once.ts';
import { addressOf } from './client-of.ts';
import { connectionAge } from './connection-age.ts';
import { retryDelayOf } from './exhausted.ts';
import { longestCall } from './longest-call.ts';
import { messagesASecond } from './messages-a-second.ts';
import { tokenBuckets } from './token-buckets.ts';

/** The name that a client of these tests sends along. */
const named = ({ metadata }: ServerContext) => String(metadata.get('client')[0]);
function as(name: string): Metadata {
  const metadata = new Metadata();
  metadata.set('client', name);
  return metadata;
}

/** What handlers learn. */
interface Seen {
  deadlines: (Date | undefined)[];
  peers: Set<string>;
  stopped: unknown[];
}

async function started(t: TestContext, options: ServeOptions | Middleware<ServerContext>) {
  const seen: Seen = { deadlines: [], peers: new Set(), stopped: [] };
  const note = ({ deadline, peer }: ServerContext) => {
    seen.deadlines.push(deadline);
    seen.peers.add(peer);
  };
  const pow = defineService<ServerStreamHandlers>(ServerStream.service, {
    /** The number, and for count 0 silence after it. */
    async *Pow({ number, count }, context) {
      note(context);
      yield { number };
      if (count > 0) return;
      await new Promise<void>((resolve) => context.signal.addEventListener('abort', () => resolve()));
      seen.stopped.push(context.signal.reason);
    },
  });
  const sum = defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests, context) {
      note(context);
      let total = 0;
      try {
        for await (const { data } of requests) total += Number(data);
      } catch (error) {
        // A handler that takes a failure for an end.
        seen.stopped.push(error);
      }
      return { sum: total };
    },
  });
  const sqrt = defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
    async *Sqrt(requests, context) {
      note(context);
      for await (const { number } of requests) yield { sqrt: Math.sqrt(number) };
    },
  });
  const server = await serve(
    [pow, sum, sqrt],
    typeof options === 'function' ? { middleware: [options] } : options,
  );
  const clients = {
    powers: connect(ServerStream, server.address),
    sums: connect(ClientStream, server.address),
    roots: connect(BidirectionalStreamServer, server.address),
  };
  t.after(async () => {
    await server.shutdown();
    for (const client of Object.values(clients)) await client.close();
  });
  return { ...clients, server, seen };
}

async function failure(promise: Promise<unknown>): Promise<StatusError> {
  const error = await promise.then(
    () => assert.fail('the call was accepted'),
    (reason) => reason,
  );
  assert.ok(error instanceof StatusError, String(error));
  return error;
}

describe('calls at once', () => {
  test('one more is RESOURCE_EXHAUSTED with RetryInfo, and has room when another ends', async (t) => {
    const { powers } = await started(t, callsAtOnce(2, named));
    const call = () => powers.pow({ number: 1 }, { metadata: as('ann') });
    const [first, second] = [call(), call()];
    await Promise.all([first.next(), second.next()]);
    const error = await failure(call().next());
    assert.equal(error.code, status.RESOURCE_EXHAUSTED);
    assert.match(error.details, /2 open calls for each client/);
    assert.equal(retryDelayOf(error), 1000);
    assert.ok(detailsOf(error).some(({ type }) => type === 'QuotaFailure'));
    await first.return?.();
    let again = call();
    while (
      !(await again.next().then(
        () => true,
        () => false,
      ))
    )
      again = call();
    await again.return?.();
    await second.return?.();
  });
  test('of one client do not touch another', async (t) => {
    const { powers } = await started(t, callsAtOnce(1, named));
    const first = powers.pow({ number: 1 }, { metadata: as('ann') });
    await first.next();
    assert.equal(
      (await failure(powers.pow({ number: 1 }, { metadata: as('ann') }).next())).code,
      status.RESOURCE_EXHAUSTED,
    );
    assert.equal(
      (await powers.pow({ number: 7, count: 1 }, { metadata: as('bob') }).next()).value?.number,
      '7',
    );
    await first.return?.();
  });
  test('are counted by address: more connections are not more clients', async (t) => {
    const { powers, server } = await started(t, callsAtOnce(1));
    const first = powers.pow({ number: 1 });
    await first.next();
    await using other = connect(ServerStream, server.address);
    assert.equal((await failure(other.pow({ number: 1 }).next())).code, status.RESOURCE_EXHAUSTED);
    await first.return?.();
  });
  test('that failed or were refused are not counted as open', async (t) => {
    const { powers } = await started(t, callsAtOnce(1, named));
    for (let call = 0; call < 20; call++) {
      for await (const _ of powers.pow({ number: 1, count: 1 }, { metadata: as('ann') }));
    }
  });
});

describe('messages a second', () => {
  async function* numbers(count: number) {
    for (let data = 1; data <= count; data++) yield { data, number: data };
  }

  test('within the burst are as without a limit', async (t) => {
    const { sums } = await started(t, messagesASecond(1, { burst: 10, clientOf: named }));
    assert.equal((await sums.sum(numbers(10), { metadata: as('ann') })).sum, '55');
  });
  test('above it end the call with RESOURCE_EXHAUSTED and RetryInfo, even if the handler catches that', async (t) => {
    const { sums, seen } = await started(t, messagesASecond(1, { burst: 10, clientOf: named }));
    const error = await failure(sums.sum(numbers(11), { metadata: as('ann') }));
    assert.equal(error.code, status.RESOURCE_EXHAUSTED);
    assert.match(error.details, /1 requests a second/);
    const delay = retryDelayOf(error) ?? 0;
    assert.ok(delay > 0 && delay <= 1000, String(delay));
    assert.equal(seen.stopped.length, 1);
  });
  test('before it are answered', async (t) => {
    const { roots } = await started(t, messagesASecond(0.001, { burst: 3, clientOf: named }));
    const received: number[] = [];
    const error = await failure(
      (async () => {
        for await (const { sqrt } of roots.sqrt(numbers(100), { metadata: as('ann') })) received.push(sqrt);
      })(),
    );
    assert.equal(error.code, status.RESOURCE_EXHAUSTED);
    assert.deepEqual(received, [1, Math.sqrt(2), Math.sqrt(3)]);
  });
  test('of one client do not touch another, and are counted in all its calls together', async (t) => {
    const { sums, powers } = await started(t, messagesASecond(0.001, { burst: 3, clientOf: named }));
    await sums.sum(numbers(2), { metadata: as('ann') });
    await powers.pow({ number: 1, count: 1 }, { metadata: as('ann') }).next();
    assert.equal(
      (await failure(powers.pow({ number: 1 }, { metadata: as('ann') }).next())).code,
      status.RESOURCE_EXHAUSTED,
    );
    assert.equal((await sums.sum(numbers(3), { metadata: as('bob') })).sum, '6');
  });
  test('are allowed again after the time that RetryInfo says', async (t) => {
    const { sums } = await started(t, messagesASecond(20, { burst: 1, clientOf: named }));
    const error = await failure(sums.sum(numbers(2), { metadata: as('ann') }));
    await new Promise((resolve) => setTimeout(resolve, retryDelayOf(error)));
    assert.equal((await sums.sum(numbers(1), { metadata: as('ann') })).sum, '1');
  });
});

test('limits that would limit nothing, or allow nothing, are refused', () => {
  const number = Number.NaN;
  assert.throws(() => callsAtOnce(number), /^RangeError: most is NaN; it has to be above 0/);
  assert.throws(() => messagesASecond(number), /^RangeError: rate is NaN; it has to be above 0/);
  assert.throws(() => messagesASecond(0.5), /^RangeError: burst is 0.5; it has to be at least 1/);
  assert.throws(() => longestCall(number), /^RangeError: the length for every method is NaN/);
  assert.throws(() => longestCall(1, { '/a/B': 0 }), /^RangeError: the length for \/a\/B is 0/);
});

test('token buckets of clients that went away are dropped', () => {
  let time = 0;
  const { take, size } = tokenBuckets(1, 1, () => time);
  for (let client = 0; client < 100_000; client++) {
    time += 10;
    assert.equal(take(`client ${client}`), 0);
  }
  assert.ok(size() <= 2000, `${size()} buckets`);
  assert.equal(take('client 99999'), 1000);
});

test('the address of a client has no port, for IPv6 too', () => {
  const addresses = ['10.0.0.1:4711', '::1:4711', 'fe80::2:3:4711'].map((peer) =>
    addressOf({ peer } as ServerContext),
  );
  assert.deepEqual(addresses, ['10.0.0.1', '::1', 'fe80::2:3']);
});

describe('the longest call', () => {
  test('without a deadline ends with DEADLINE_EXCEEDED, and its handler knew', async (t) => {
    const { powers, seen } = await started(t, longestCall(200));
    const stream = powers.pow({ number: 1 });
    await stream.next();
    const error = await failure(stream.next());
    assert.equal(error.code, status.DEADLINE_EXCEEDED);
    assert.match(error.details, /\/stream\.ServerStream\/Pow may take 200 ms at most/);
    assert.ok(seen.deadlines[0] instanceof Date);
    assert.equal(String(seen.stopped[0]), String(error));
  });
  test('cuts a longer deadline of the client, and keeps a shorter one', async (t) => {
    const { powers, seen } = await started(t, longestCall(200));
    const long = powers.pow({ number: 1 }, { timeout: 3_600_000 });
    await long.next();
    assert.match((await failure(long.next())).details, /may take 200 ms/);
    const { powers: others, seen: theirs } = await started(t, longestCall(3_600_000));
    await others.pow({ number: 1, count: 1 }, { timeout: 60_000 }).next();
    const left = (theirs.deadlines[0]?.getTime() ?? 0) - Date.now();
    assert.ok(left <= 60_000 && left > 0, String(left));
    assert.equal(seen.deadlines.length, 1);
  });
  test('has exceptions', async (t) => {
    const { powers, seen } = await started(
      t,
      longestCall(1, { '/stream.ServerStream/Pow': Number.POSITIVE_INFINITY }),
    );
    await powers.pow({ number: 1, count: 1 }).next();
    assert.deepEqual(seen.deadlines, [undefined]);
  });
});

describe('the largest age of a connection', () => {
  test('lets open calls finish, and moves the client to another without an error', async (t) => {
    const { powers, roots, seen } = await started(t, { channelOptions: connectionAge(250) });
    const asked = queue();
    const open = roots.sqrt(asked.messages);
    asked.push({ number: 4 });
    assert.equal((await open.next()).value?.sqrt, 2);
    // Calls as fast as they go, while connections come to their age.
    let calls = 0;
    while (seen.peers.size < 5) {
      for await (const _ of powers.pow({ number: 1, count: 1 })) calls++;
    }
    assert.ok(calls > 5);
    asked.push({ number: 9 });
    assert.equal((await open.next()).value?.sqrt, 3);
    asked.end();
    assert.equal((await open.next()).done, true);
  });
  test('must fit into a timer: a longer one would end every connection at once', () => {
    const days = 24 * 3600_000;
    assert.throws(() => connectionAge(30 * days), /^RangeError: age is 2592000000; it has to be from 0/);
    assert.throws(() => connectionAge(days, 30 * days), /^RangeError: grace is 2592000000/);
    assert.throws(() => connectionAge(Number.NaN), RangeError);
  });
  test('ends calls that take longer than the grace with UNAVAILABLE', async (t) => {
    const { powers } = await started(t, { channelOptions: connectionAge(100, 100) });
    const stream = powers.pow({ number: 1 });
    await stream.next();
    assert.equal((await failure(stream.next())).code, status.UNAVAILABLE);
  });
});

/** Requests that a test sends one by one. */
function queue() {
  const waiting: { number: number }[] = [];
  let wake = () => {};
  let over = false;
  return {
    push(message: { number: number }) {
      waiting.push(message);
      wake();
    },
    end() {
      over = true;
      wake();
    },
    messages: (async function* () {
      for (;;) {
        const message = waiting.shift();
        if (message) yield message;
        else if (over) return;
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    })(),
  };
}
