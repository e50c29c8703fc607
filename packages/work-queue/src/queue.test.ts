// The promises of the queue, over bare calls: whichever store keeps it has to keep them.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { type Broker, startBroker, whyNoBroker } from 'cli/broker';
import { startRelay } from 'cli/relay';
import { detailsOf } from 'errors';
import {
  connect,
  enter,
  failureOf,
  jobs,
  type OpenQueue,
  type RunningQueue,
  startQueue,
  type Test,
  until,
} from '../test/queues.ts';
import { add } from './add.ts';
import { memoryQueue } from './memory-queue.ts';
import { natsQueue } from './nats-queue.ts';

const LEASE = { jobs: 1, leaseMs: 200 };

const skip = whyNoBroker() ?? false;
let broker: Broker | undefined;
let queues = 0;
before(async () => {
  if (!skip) broker = await startBroker();
});
after(() => broker?.remove());

describe('in memory', () => queueTests(memoryQueue));
test('after a job that has no room in the queue, no job of the same call is added', async (t) => {
  const { client, queue } = await startQueue(t, { maxBytes: 1000 });
  const [small, large, after] = jobs('k', 3, 'k');
  const failure = await failureOf(
    client.add([{ ...small }, { ...large, payload: Buffer.alloc(2000) }, { ...after }].map(asNewJob)),
  );
  assert.equal(failure.code, status.RESOURCE_EXHAUSTED);
  assert.equal((await queue.numbers()).added, 1);
});
test('a worker that asks for windows and does not read is ended', async (t) => {
  const { client, log } = await startQueue(t);
  const worker = await enter(client, { jobs: 1 });
  for (let asked = 0; asked < 100_000; asked++) worker.send({ window: { jobs: 1 } });
  await until(() => log.some((line) => line.includes('left')));
  assert.match(log.at(-1) ?? '', /left: the worker does not read: 30000 messages wait for it$/);
});
describe('in a broker', { skip }, () => {
  queueTests((options) => natsQueue({ ...options, broker: broker?.url ?? '', name: `q${++queues}` }));
});

const asNewJob = ({ payload = '', ...job }: { id?: string; key?: string; payload?: string | Buffer }) => ({
  ...job,
  payload: Buffer.from(payload),
});

async function deadLetters({ client }: RunningQueue) {
  const letters = [];
  for await (const letter of client.deadLetters({})) letters.push(letter);
  return letters;
}

function queueTests(openQueue: OpenQueue): void {
  const start = (t: Test, options?: Parameters<typeof startQueue>[1]) => startQueue(t, options, openQueue);

  describe('a worker', () => {
    test('is never sent more jobs than its window', async (t) => {
      const { client } = await start(t);
      await add(client, jobs('j', 10));
      const worker = await enter(client, { jobs: 3 });
      const leases = [await worker.job(), await worker.job(), await worker.job()].map(({ lease }) => lease);
      assert.deepEqual(await worker.jobsBefore({ jobs: 3 }), []);
      worker.ack(leases[0] ?? '');
      await worker.job();
      assert.deepEqual(await worker.jobsBefore({ jobs: 3 }), []);
    });
    test('that closes its window is sent nothing more, and keeps what it has', async (t) => {
      const { client, queue } = await start(t);
      const worker = await enter(client, { jobs: 1 });
      await add(client, jobs('j', 2));
      const { lease } = await worker.job();
      await worker.jobsBefore({ jobs: 0 });
      worker.ack(lease);
      assert.deepEqual(await worker.jobsBefore({ jobs: 0 }), []);
      worker.halfClose();
      assert.equal(await worker.next(), undefined);
      const { done, waiting } = await queue.numbers();
      assert.deepEqual({ done, waiting }, { done: 1, waiting: 1 });
    });
    test('with a lapsed lease is sent no other job before it answers', async (t) => {
      const { client } = await start(t);
      await add(client, jobs('j', 2));
      const silent = await enter(client, LEASE);
      const { lease } = await silent.job();
      assert.deepEqual((await silent.next())?.lapsed, { lease });
      assert.deepEqual(await silent.jobsBefore(LEASE), []);
      silent.ack(lease);
      await silent.job();
    });
    test('that finishes gets OK when its acknowledgements are stored', async (t) => {
      const { client, queue } = await start(t);
      await add(client, jobs('j', 100));
      const worker = await enter(client, { jobs: 100 });
      for (let job = 0; job < 100; job++) worker.ack((await worker.job()).lease);
      worker.halfClose();
      assert.equal(await worker.next(), undefined);
      assert.deepEqual(await queue.numbers(), {
        waiting: 0,
        held: 0,
        dead: 0,
        added: 100,
        done: 100,
        failed: 0,
        workers: [],
      });
    });
    for (const [what, request, message] of [
      ['answers a lease that is not open', { ack: { lease: 7 } }, /^lease 7 is not open on this call/],
      [
        'opens too large a window',
        { window: { jobs: 10_001 } },
        /^window: jobs is 10001, not from 0 to 10000/,
      ],
      ['wants too short a lease', { window: { jobs: 1, leaseMs: 99 } }, /^window: lease_ms is 99/],
      ['says nothing', {}, /^a message with none of window, ack, nack and extend/],
    ] as const) {
      test(`that ${what} is refused with INVALID_ARGUMENT`, async (t) => {
        const { client } = await start(t);
        const worker = await enter(client, { jobs: 1 });
        worker.send(request);
        const failure = await failureOf(worker.next());
        assert.equal(failure.code, status.INVALID_ARGUMENT);
        assert.match(failure.details, message);
      });
    }
  });

  describe('a job goes to another worker', () => {
    test('when the connection of its worker is cut', async (t) => {
      const { client, address } = await start(t);
      const relay = await startRelay(address);
      t.after(relay.close);
      const lost = await enter(connect(t, relay.address), { jobs: 1 });
      await add(client, jobs('j', 1));
      assert.equal((await lost.job()).attempt, 1);
      const other = await enter(client, { jobs: 1 });
      relay.cut();
      const { id, attempt } = await other.job();
      assert.deepEqual([id, attempt], ['j1', 2]);
    });
    test('when its worker is silent for longer than its lease, and the worker gets `lapsed`', async (t) => {
      const { client } = await start(t);
      const silent = await enter(client, LEASE);
      await add(client, jobs('j', 1));
      const { lease } = await silent.job();
      const other = await enter(client, { jobs: 1 });
      const { id, attempt } = await other.job();
      assert.deepEqual([id, attempt], ['j1', 2]);
      assert.deepEqual((await silent.next())?.lapsed, { lease });
    });
    test('when its worker finishes without an answer', async (t) => {
      const { client } = await start(t);
      const worker = await enter(client, { jobs: 1 });
      await add(client, jobs('j', 1));
      await worker.job();
      worker.halfClose();
      assert.equal(await worker.next(), undefined);
      assert.equal((await (await enter(client, { jobs: 1 })).job()).attempt, 2);
    });
    test('not while its worker extends the lease', async (t) => {
      const { client, queue } = await start(t);
      const worker = await enter(client, { jobs: 1, leaseMs: 1000 });
      await add(client, jobs('j', 1));
      const { lease } = await worker.job();
      worker.send({ extend: { lease, leaseMs: 60_000 } });
      // Another job, with a lease that is not extended, shows that the time has passed.
      await add(client, jobs('other', 1));
      const other = await enter(client, { jobs: 1, leaseMs: 1000 });
      await other.job();
      assert.ok((await other.next())?.lapsed);
      assert.deepEqual(await worker.jobsBefore({ jobs: 0 }), []);
      worker.ack(lease);
      worker.halfClose();
      assert.equal(await worker.next(), undefined);
      assert.equal((await queue.numbers()).done, 1);
    });
  });

  describe('a job that fails', () => {
    test('is tried again until it is a dead letter with the last reason', async (t) => {
      const running = await start(t, { attempts: 3 });
      await add(running.client, jobs('bad', 1));
      const worker = await enter(running.client, { jobs: 1 });
      for (let attempt = 1; attempt <= 3; attempt++) {
        const job = await worker.job();
        assert.equal(job.attempt, attempt);
        worker.send({ nack: { lease: job.lease, reason: `broken ${attempt}`, retryAfterMs: 1 } });
      }
      worker.halfClose();
      await worker.next();
      const [letter] = await deadLetters(running);
      assert.deepEqual(
        [letter?.id, letter?.payload.toString(), letter?.attempts, letter?.reason],
        ['bad1', 'bad1', 3, 'broken 3'],
      );
    });
    test('is a dead letter also if its reason is cut inside of a character', async (t) => {
      const running = await start(t, { attempts: 1 });
      await add(running.client, jobs('bad', 1));
      const worker = await enter(running.client, { jobs: 1 });
      const { lease } = await worker.job();
      worker.send({ nack: { lease, reason: `${'x'.repeat(999)}🎉` } });
      worker.halfClose();
      await worker.next();
      const [letter] = await deadLetters(running);
      assert.equal(letter?.reason, `${'x'.repeat(999)}\ufffd`);
    });
    test('waits as long as its worker says', async (t) => {
      const { client } = await start(t);
      await add(client, jobs('j', 1));
      const worker = await enter(client, { jobs: 1 });
      const { lease } = await worker.job();
      const failed = performance.now();
      worker.send({ nack: { lease, reason: 'later', retryAfterMs: 300 } });
      await worker.job();
      // The clocks of timers are not exact to the millisecond.
      assert.ok(performance.now() - failed >= 295);
    });
    test('does not stop other jobs, even if it kills its workers', async (t) => {
      const running = await start(t, { attempts: 3 });
      const { client, address } = running;
      await add(client, jobs('poison', 1));
      await add(client, jobs('j', 20));
      for (let victim = 0; victim < 3; victim++) {
        const relay = await startRelay(address);
        t.after(relay.close);
        const worker = await enter(connect(t, relay.address), { jobs: 1 });
        assert.equal((await worker.job()).id, 'poison1');
        relay.cut();
        await failureOf(worker.next());
      }
      const worker = await enter(client, { jobs: 1 });
      for (let job = 1; job <= 20; job++) {
        const { id, lease } = await worker.job();
        assert.equal(id, `j${job}`);
        worker.ack(lease);
      }
      const [letter] = await deadLetters(running);
      assert.equal(letter?.id, 'poison1');
      assert.match(letter?.reason ?? '', /^the worker was lost: connection to .* lost$/);
    });
  });

  describe('jobs with a key', () => {
    test('are done one after the other in their order, whatever fails', async (t) => {
      const { client } = await start(t, { attempts: 100 });
      await add(client, [...jobs('a', 10, 'a'), ...jobs('b', 10, 'b')]);
      const workers = [await enter(client, { jobs: 5 }), await enter(client, { jobs: 5 })];
      const done: string[] = [];
      const atWork = new Map<string, number>();
      await Promise.all(
        workers.map(async (worker) => {
          for (;;) {
            const message = await worker.next();
            if (!message) return;
            if (!message.job) continue;
            const { id, key, lease, attempt } = message.job;
            atWork.set(key, (atWork.get(key) ?? 0) + 1);
            assert.equal(atWork.get(key), 1, `two jobs of ${key} at a time`);
            await new Promise((resolve) => setImmediate(resolve));
            atWork.set(key, 0);
            if (attempt === 1 && Number(id.slice(1)) % 3 === 0) {
              worker.send({ nack: { lease, reason: 'once', retryAfterMs: 1 } });
              continue;
            }
            done.push(id);
            worker.ack(lease);
            if (done.length === 20) for (const { halfClose } of workers) halfClose();
          }
        }),
      );
      for (const key of ['a', 'b']) {
        assert.deepEqual(
          done.filter((id) => id.startsWith(key)),
          jobs(key, 10).map(({ id }) => id),
        );
      }
    });
    test('continue after one of them has become a dead letter', async (t) => {
      const { client } = await start(t, { attempts: 1 });
      await add(client, jobs('k', 2, 'k'));
      const worker = await enter(client, { jobs: 5 });
      const first = await worker.job();
      assert.deepEqual(await worker.jobsBefore({ jobs: 5 }), []);
      worker.send({ nack: { lease: first.lease, reason: 'never' } });
      assert.equal((await worker.job()).id, 'k2');
    });
  });

  describe('a producer', () => {
    test('that repeats a call adds no job twice', async (t) => {
      const { client, queue } = await start(t);
      assert.deepEqual(await add(client, jobs('j', 3)), { added: 3, repeated: 0 });
      assert.deepEqual(await add(client, jobs('j', 5)), { added: 2, repeated: 3 });
      const worker = await enter(client, { jobs: 10 });
      for (let job = 0; job < 5; job++) worker.ack((await worker.job()).lease);
      assert.deepEqual(await worker.jobsBefore({ jobs: 10 }), []);
      worker.halfClose();
      assert.equal(await worker.next(), undefined);
      assert.deepEqual(await add(client, jobs('j', 5)), { added: 0, repeated: 5 });
      assert.equal((await queue.numbers()).waiting, 0);
    });
    test('gets the ids of all jobs that the queue keeps', async (t) => {
      const { client } = await start(t);
      const { ids, repeatedIds } = await client.add([{ id: 'a' }, { id: 'b' }, { id: 'a' }]);
      assert.deepEqual([ids, repeatedIds], [['a', 'b', 'a'], 1]);
      assert.deepEqual((await client.add([])).ids, []);
    });
    for (const [what, job, message] of [
      ['an id with a space', { id: 'a b' }, /^job 2 of the call: id "a b" is not 1 to 64 letters/],
      ['no id', {}, /^job 2 of the call: id "" is not/],
      ['a key that is too long', { id: 'a', key: 'x'.repeat(201) }, /key has 201 bytes, at most 200/],
      [
        'too much to do',
        { id: 'a', payload: Buffer.alloc(65_537) },
        /payload has 65537 bytes, at most 65536/,
      ],
    ] as const) {
      test(`with ${what} is refused with INVALID_ARGUMENT`, async (t) => {
        const { client } = await start(t);
        const failure = await failureOf(client.add([{ id: 'good' }, job]));
        assert.equal(failure.code, status.INVALID_ARGUMENT);
        assert.match(failure.details, message);
      });
    }
    test('with more jobs than the queue has room for gets RESOURCE_EXHAUSTED, and can try again', async (t) => {
      const { client } = await start(t, { maxBytes: 1000 });
      const failure = await failureOf(
        client.add(jobs('j', 10).map((job) => ({ ...job, payload: Buffer.alloc(100) }))),
      );
      assert.equal(failure.code, status.RESOURCE_EXHAUSTED);
      assert.match(failure.details, /^the queue is full/);
      assert.equal(detailsOf(failure)[0]?.type, 'RetryInfo');
      const worker = await enter(client, { jobs: 1 });
      worker.ack((await worker.job()).lease);
      worker.halfClose();
      await worker.next();
      await add(client, jobs('again', 1));
    });
  });

  describe('dead letters', () => {
    async function bury(running: RunningQueue, count: number): Promise<void> {
      await add(running.client, jobs('bad', count));
      const worker = await enter(running.client, { jobs: 1 });
      for (let job = 0; job < count; job++) {
        worker.send({ nack: { lease: (await worker.job()).lease, reason: 'no' } });
      }
      worker.halfClose();
      await worker.next();
    }
    const idsOf = async (running: RunningQueue) => (await deadLetters(running)).map(({ id }) => id);

    test('go back into the queue with a new count of attempts', async (t) => {
      const running = await start(t, { attempts: 1 });
      await bury(running, 3);
      assert.deepEqual(await running.client.retry({ ids: ['bad2', 'unknown'] }), { count: 1 });
      assert.deepEqual(await idsOf(running), ['bad1', 'bad3']);
      const { id, attempt, payload } = await (await enter(running.client, { jobs: 1 })).job();
      assert.deepEqual([id, attempt, payload.toString()], ['bad2', 1, 'bad2']);
    });
    test('are removed for good', async (t) => {
      const running = await start(t, { attempts: 1 });
      await bury(running, 3);
      assert.deepEqual(await running.client.discard({ ids: ['bad1'] }), { count: 1 });
      assert.deepEqual(await running.client.discard({}), { count: 0 });
      assert.deepEqual(await idsOf(running), ['bad2', 'bad3']);
      assert.deepEqual(await running.client.discard({ all: true }), { count: 2 });
      assert.equal((await running.queue.numbers()).dead, 0);
    });
  });
}
