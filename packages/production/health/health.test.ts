import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { startProgram } from 'cli/testing';
import { connect, defineService, StatusError, serve } from 'grpc-iterables';
import { ClientStream, Health, ServerStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { drain } from './drain.ts';
import { healthOf } from './health.ts';
import { untilServing } from './until-serving.ts';

const POW = 'stream.ServerStream';

async function started(t: TestContext, mostWatchers?: number) {
  const pow = defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number }) {
      yield { number };
    },
  });
  const sum = defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests) {
      let count = 0;
      for await (const _ of requests) count++;
      return { sum: count };
    },
  });
  const health = healthOf([pow, sum], mostWatchers);
  const server = await serve([pow, sum, health.service]);
  const client = connect(Health, server.address);
  t.after(async () => {
    await server.shutdown();
    await client.close();
  });
  return { health, server, client };
}

function failsWith(code: status, details = /./) {
  return (error: unknown) => {
    assert.ok(error instanceof StatusError, String(error));
    assert.equal(error.code, code, error.details);
    assert.match(error.details, details);
    return true;
  };
}

test('Check answers for each service, for the server as a whole, and with NOT_FOUND for others', async (t) => {
  const { client, health } = await started(t);
  health.set('stream.ClientStream', 'NOT_SERVING');
  assert.equal((await client.check({ service: POW })).status, 'SERVING');
  assert.equal((await client.check({ service: 'stream.ClientStream' })).status, 'NOT_SERVING');
  assert.equal((await client.check({})).status, 'SERVING');
  await assert.rejects(
    client.check({ service: 'stream.Nobody' }),
    failsWith(status.NOT_FOUND, /"stream.Nobody"/),
  );
  await assert.rejects(client.check({ service: '__proto__' }), failsWith(status.NOT_FOUND));
});

test('List answers with all services', async (t) => {
  const { client } = await started(t);
  const { statuses } = await client.list({});
  assert.deepEqual(Object.keys(statuses).sort(), ['', 'stream.ClientStream', POW]);
  assert.equal(statuses[POW]?.status, 'SERVING');
});

describe('Watch', () => {
  test('answers at once and with each change', async (t) => {
    const { client, health } = await started(t);
    const watch = client.watch({ service: POW });
    const next = async () => (await watch.next()).value?.status;
    assert.equal(await next(), 'SERVING');
    health.set(POW, 'NOT_SERVING');
    assert.equal(await next(), 'NOT_SERVING');
    health.set('stream.ClientStream', 'NOT_SERVING');
    health.set(POW, 'SERVING');
    assert.equal(await next(), 'SERVING');
    await watch.return?.();
  });
  test('of an unknown service says SERVICE_UNKNOWN, and later what becomes of it', async (t) => {
    const { client, health } = await started(t);
    const watch = client.watch({ service: 'new.Service' });
    assert.equal((await watch.next()).value?.status, 'SERVICE_UNKNOWN');
    health.set('new.Service', 'SERVING');
    assert.equal((await watch.next()).value?.status, 'SERVING');
    await watch.return?.();
  });
  test('refuses a name that is too long to be kept', async (t) => {
    const { client } = await started(t);
    const long = { service: 'x'.repeat(1001) };
    const refused = failsWith(status.INVALID_ARGUMENT, /1001 characters; at most 1000/);
    await assert.rejects(client.watch(long).next(), refused);
    await assert.rejects(client.check(long), refused);
  });
  test('refuses a stream above the limit, and has room again when one ends', async (t) => {
    const { client } = await started(t, 1);
    const first = client.watch({ service: POW });
    await first.next();
    await assert.rejects(client.watch({}).next(), failsWith(status.RESOURCE_EXHAUSTED, /1 streams of Watch/));
    await first.return?.();
    await untilServing(retrying(client), POW);
  });
});

/** The place of a stream that was cancelled is free when the server has heard of it. */
function retrying(client: ReturnType<typeof connect<InstanceType<typeof Health>>>) {
  return {
    async *watch(...args: Parameters<typeof client.watch>) {
      for (;;) {
        try {
          yield* client.watch(...args);
          return;
        } catch (error) {
          if (!(error instanceof StatusError && error.code === status.RESOURCE_EXHAUSTED)) throw error;
        }
      }
    },
  };
}

describe('a server that drains', () => {
  test('says NOT_SERVING first, ends the streams of Watch, and then lets open calls finish', async (t) => {
    const { client, health, server } = await started(t);
    await using sums = connect(ClientStream, server.address);
    const received: unknown[] = [];
    const begun = deferred();
    const finish = deferred();
    async function* numbers() {
      yield { data: 1 };
      begun.resolve();
      await finish.promise;
      yield { data: 2 };
    }
    const sum = sums.sum(numbers());
    await begun.promise;
    const watch = client.watch({ service: POW });
    received.push((await watch.next()).value?.status);
    const drained = drain(server, health, 10);
    for await (const { status: said } of watch) received.push(said);
    assert.deepEqual(received, ['SERVING', 'NOT_SERVING']);
    finish.resolve();
    assert.equal((await sum).sum, '2');
    await drained;
  });
  test('still answers calls while others notice', async (t) => {
    const { client, health } = await started(t);
    health.stop();
    await using _ = client;
    assert.equal((await client.check({ service: POW })).status, 'NOT_SERVING');
    health.set(POW, 'SERVING');
    assert.equal((await client.check({ service: POW })).status, 'NOT_SERVING');
    const late: unknown[] = [];
    for await (const { status: said } of client.watch({})) late.push(said);
    assert.deepEqual(late, ['NOT_SERVING']);
  });
  test('is not kept open by a watcher that does not read', async (t) => {
    const { client, health, server } = await started(t);
    const watch = client.watch({ service: POW });
    await watch.next();
    await drain(server, health, 1);
    assert.equal((await watch.next()).value?.status, 'NOT_SERVING');
    assert.equal((await watch.next()).done, true);
  });
});

describe('untilServing', () => {
  test('waits for the status', async (t) => {
    const { client, health } = await started(t);
    health.set(POW, 'NOT_SERVING');
    let serving = false;
    const watch = client.watch({ service: POW });
    await watch.next();
    const waited = untilServing(client, POW).then(() => assert.ok(serving));
    serving = true;
    health.set(POW, 'SERVING');
    await waited;
    await watch.return?.();
  });
  test('waits for a server that is not there yet', async (t) => {
    const placeholder = createServer().listen(0, '127.0.0.1');
    await once(placeholder, 'listening');
    const { port } = placeholder.address() as { port: number };
    placeholder.close();
    await once(placeholder, 'close');
    const client = connect(Health, `127.0.0.1:${port}`, { backoff: { first: 50, longest: 50 } });
    const waited = untilServing(client, '');
    await client.channel.ready({ timeout: 20 }).catch(() => {});
    const server = await serve([healthOf([]).service], { port });
    t.after(() => server.shutdown());
    await waited;
    await client.close();
  });
  test('gives up after its timeout, and says how the service was', async (t) => {
    const { client, health } = await started(t);
    health.set(POW, 'NOT_SERVING');
    await assert.rejects(
      untilServing(client, POW, { timeout: 200 }),
      failsWith(status.DEADLINE_EXCEEDED, /stream\.ServerStream is not SERVING after 200 ms: NOT_SERVING/),
    );
  });
  test('stops with CANCELLED when its signal is aborted, during the pause too', async (t) => {
    const { client, health } = await started(t);
    health.stop();
    const stop = new AbortController();
    const waited = untilServing(client, POW, { signal: stop.signal });
    for await (const _ of client.watch({ service: POW }));
    stop.abort();
    await assert.rejects(waited, failsWith(status.CANCELLED));
  });
  test('fails at once if the server has no health service', async (t) => {
    const server = await serve([]);
    t.after(() => server.shutdown());
    await using client = connect(Health, server.address);
    await assert.rejects(untilServing(client, ''), failsWith(status.UNIMPLEMENTED));
  });
});

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

test('a thousand streams of Watch take less than 100 KiB each, hear every change, and leave nothing behind', async (t) => {
  const run = startProgram(t, new URL('./test/many-watchers.ts', import.meta.url), '1000');
  assert.equal(await run.exit, 0, run.errors.join('\n'));
  const [, each = ''] = await run.line(/^(\d+) bytes for each of 1000 streams$/);
  assert.ok(Number(each) < 100 * 1024, `${each} bytes for each stream`);
  await run.line(/^all got a change/);
  await run.line(/^0 left/);
});
