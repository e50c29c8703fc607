// The promises of `work`, the helper that a worker is built on.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { startRelay } from 'cli/relay';
import type { StatusError } from 'grpc-iterables';
import { connect, enter, event, failureOf, jobs, startQueue, until } from '../test/queues.ts';
import { add } from './add.ts';
import { shuttingDown } from './refusals.ts';
import { type JobHandler, type WorkOptions, work } from './work.ts';

type Client = Parameters<typeof work>[0];

/** A worker that the test stops. */
function startWorker(client: Client, options: Omit<WorkOptions, 'signal'>, handler: JobHandler) {
  const stop = new AbortController();
  const working = work(client, { ...options, signal: stop.signal }, handler);
  return {
    working,
    requestStop: () => stop.abort(),
    stop: () => {
      stop.abort();
      return working;
    },
  };
}

describe('a handler', () => {
  test('that resolves acknowledges the job, and each job is handled once', async (t) => {
    const { client, queue, address } = await startQueue(t);
    await add(client, jobs('j', 1000));
    const handled: string[] = [];
    const all = event();
    const handler: JobHandler = async ({ id, payload }) => {
      assert.equal(payload.toString(), id);
      await delay(1);
      if (handled.push(id) === 1000) all.happen();
    };
    const workers = [1, 2, 3].map(() => startWorker(connect(t, address), { parallel: 10 }, handler));
    await all.happened;
    await Promise.all(workers.map(({ stop }) => stop()));
    assert.equal(new Set(handled).size, 1000);
    const { done, waiting, held } = await queue.numbers();
    assert.deepEqual([handled.length, done, waiting, held], [1000, 1000, 0, 0]);
  });
  test('that throws has the job tried again, and its message is the reason', async (t) => {
    const { client } = await startQueue(t, { attempts: 2 });
    await add(client, jobs('j', 1));
    const twice = event();
    const worker = startWorker(client, { parallel: 1 }, async ({ attempt }) => {
      if (attempt === 2) twice.happen();
      throw new Error(`no paper in attempt ${attempt}`);
    });
    await twice.happened;
    await worker.stop();
    const letters = [];
    for await (const { id, reason } of client.deadLetters({})) letters.push([id, reason]);
    assert.deepEqual(letters, [['j1', 'no paper in attempt 2']]);
  });
  test('that throws what has no text, or a very long one, has the job tried again too', async (t) => {
    const { client } = await startQueue(t, { attempts: 1 });
    await add(client, jobs('j', 2));
    const thrown = [Object.create(null), new Error('x'.repeat(5_000_000))];
    const all = event();
    const worker = startWorker(client, { parallel: 1 }, async () => {
      const next = thrown.shift();
      if (thrown.length === 0) all.happen();
      throw next;
    });
    await all.happened;
    await worker.stop();
    const reasons = [];
    for await (const { reason } of client.deadLetters({})) reasons.push(reason);
    assert.deepEqual(reasons, ['the handler threw a value that has no text', 'x'.repeat(1000)]);
  });
  test('that takes longer than the lease keeps its job', async (t) => {
    const { client, queue, address } = await startQueue(t);
    await add(client, jobs('slow', 1));
    const slow = event();
    const finish = event();
    const worker = startWorker(client, { parallel: 1, lease: 1500 }, async (_, { signal }) => {
      slow.happen();
      await finish.happened;
      assert.ok(!signal.aborted);
    });
    await slow.happened;
    // A silent worker, with the same lease, shows that the time has passed.
    await add(client, jobs('short', 1));
    const silent = await enter(connect(t, address), { jobs: 1, leaseMs: 1500 });
    await silent.job();
    assert.ok((await silent.next())?.lapsed);
    silent.cancel();
    finish.happen();
    await worker.stop();
    assert.equal((await queue.numbers()).done, 1);
  });
  test('learns from its signal that the lease has lapsed, and its answer no longer counts', async (t) => {
    const { client, queue, address } = await startQueue(t);
    const relay = await startRelay(address);
    t.after(relay.close);
    await add(client, jobs('j', 1));
    const seen = event<unknown>();
    const worker = startWorker(
      connect(t, relay.address),
      { parallel: 1, lease: 150 },
      async (_, { signal }) => {
        // The timers that extend the lease do not run while this blocks.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 400);
        if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        seen.happen(signal.reason);
      },
    );
    assert.match(String(await seen.happened), /the lease has lapsed|the connection is lost/);
    await worker.stop();
    assert.ok((await queue.numbers()).failed > 0);
  });
  test('that blocks the event loop keeps its job if it extends the lease before', async (t) => {
    const { client, queue } = await startQueue(t);
    await add(client, jobs('j', 1));
    const done = event();
    const worker = startWorker(client, { parallel: 1, lease: 1000 }, async (_, { extend }) => {
      extend(60_000);
      await delay(300);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
      done.happen();
    });
    await done.happened;
    await worker.stop();
    const { done: count, failed } = await queue.numbers();
    assert.deepEqual([count, failed], [1, 0]);
  });
});

describe('a worker', () => {
  test('never handles more jobs than `parallel`, whatever breaks', async (t) => {
    const { client, address } = await startQueue(t, { attempts: 1000 });
    const relay = await startRelay(address);
    t.after(relay.close);
    await add(client, jobs('j', 300));
    const done = new Set<string>();
    let atATime = 0;
    let most = 0;
    const all = event();
    const worker = startWorker(connect(t, relay.address), { parallel: 4 }, async ({ id }) => {
      most = Math.max(most, ++atATime);
      await delay(5);
      atATime--;
      done.add(id);
      if (done.size === 300) all.happen();
    });
    for (const size of [50, 100, 150]) {
      await until(() => done.size >= size);
      relay.cut();
    }
    await all.happened;
    await worker.stop();
    assert.equal(most, 4);
  });
  test('that loses its connection aborts its handlers, reports the loss, and connects again', async (t) => {
    const { client, address } = await startQueue(t);
    const relay = await startRelay(address);
    t.after(relay.close);
    await add(client, jobs('j', 1));
    const lost: StatusError[] = [];
    const started = event();
    const again = event();
    const reasons: unknown[] = [];
    const worker = startWorker(
      connect(t, relay.address),
      { parallel: 1, onLost: (reason) => lost.push(reason) },
      async ({ attempt }, { signal }) => {
        if (attempt === 2) return again.happen();
        started.happen();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        reasons.push(signal.reason);
      },
    );
    await started.happened;
    relay.cut();
    await again.happened;
    await worker.stop();
    assert.equal(lost[0]?.code, status.UNAVAILABLE);
    assert.match(String(reasons[0]), /the connection is lost/);
  });
  test('notices a server that has gone silent', async (t) => {
    const { address, log } = await startQueue(t);
    const relay = await startRelay(address);
    t.after(relay.close);
    const seen = event<StatusError>();
    const worker = startWorker(
      connect(t, relay.address),
      { parallel: 1, lease: 300, onLost: seen.happen },
      async () => {},
    );
    await until(() => log.some((line) => line.endsWith('joined')));
    relay.silence();
    assert.equal((await seen.happened).details, 'the server does not answer');
    await worker.stop();
  });
  test('that is stopped finishes its jobs, and takes no more', async (t) => {
    const { client, queue } = await startQueue(t);
    await add(client, jobs('j', 10));
    const started: string[] = [];
    const finish = event();
    const both = event();
    const worker = startWorker(client, { parallel: 2 }, async ({ id }, { signal }) => {
      if (started.push(id) === 2) both.happen();
      await finish.happened;
      assert.ok(!signal.aborted);
    });
    await both.happened;
    worker.requestStop();
    finish.happen();
    await worker.working;
    assert.deepEqual(started, ['j1', 'j2']);
    const { done, waiting, failed } = await queue.numbers();
    assert.deepEqual({ done, waiting, failed }, { done: 2, waiting: 8, failed: 0 });
  });
  test('that the server refuses fails with the reason', async (t) => {
    const { client } = await startQueue(t);
    const failure = await failureOf(work(client, { parallel: 1, lease: 5 }, async () => {}));
    assert.equal(failure.code, status.INVALID_ARGUMENT);
  });
  test('has time to finish when the server shuts down, and continues with the next server', async (t) => {
    const first = await startQueue(t);
    await add(first.client, jobs('j', 3));
    const finish = event();
    const started = event();
    const again = event();
    const worker = startWorker(connect(t, first.address), { parallel: 1 }, async ({ id }) => {
      if (id === 'other1') return again.happen();
      started.happen();
      await finish.happened;
    });
    await started.happened;
    first.queue.drain(shuttingDown());
    finish.happen();
    await until(() => first.log.some((line) => line.endsWith('left: the queue is shutting down')));
    assert.equal((await first.queue.numbers()).done, 1);
    await first.shutdown();
    const second = await startQueue(t, { port: first.port });
    await add(second.client, jobs('other', 1));
    await again.happened;
    await worker.stop();
  });
  test('that starts before its server waits for it', async (t) => {
    const first = await startQueue(t);
    await first.shutdown();
    const lost = event();
    const done = event();
    const client = connect(t, first.address);
    const worker = startWorker(client, { parallel: 1, onLost: () => lost.happen() }, async () =>
      done.happen(),
    );
    await lost.happened;
    const second = await startQueue(t, { port: first.port });
    await add(second.client, jobs('j', 1));
    await done.happened;
    await worker.stop();
  });
});

describe('a producer', () => {
  test('repeats what was not acknowledged, and nothing is added twice', async (t) => {
    const { address, queue } = await startQueue(t);
    const relay = await startRelay(address);
    t.after(relay.close);
    let lost = 0;
    async function* source() {
      for (const [index, job] of jobs('j', 5000).entries()) {
        if (index % 1500 === 1499) relay.cut();
        yield job;
      }
    }
    const { added, repeated } = await add(connect(t, relay.address), source(), { onLost: () => lost++ });
    assert.equal(added + repeated, 5000);
    assert.ok(lost > 0);
    assert.equal((await queue.numbers()).waiting, 5000);
  });
  test('waits while the queue is full', async (t) => {
    const { client, queue } = await startQueue(t, { maxBytes: 1000 });
    const full = event();
    const adding = add(client, jobs('j', 6), {
      onLost: ({ code }) => code === status.RESOURCE_EXHAUSTED && full.happen(),
    });
    await full.happened;
    const worker = startWorker(client, { parallel: 1 }, async () => {});
    await adding;
    await worker.stop();
    assert.equal((await queue.numbers()).added, 6);
  });
  test('with a slow source does not keep its jobs back', async (t) => {
    const { client } = await startQueue(t);
    const handled = event();
    const worker = startWorker(client, { parallel: 1 }, async () => handled.happen());
    async function* source() {
      yield* jobs('j', 1);
      await handled.happened;
    }
    assert.equal((await add(client, source())).added, 1);
    await worker.stop();
  });
});
