// Servers as processes of their own share a queue; they and the broker are killed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connect as connectToBroker, headers } from '@nats-io/transport-node';
import { startBroker, whyNoBroker } from 'cli/broker';
import { startProgram, startServer } from 'cli/testing';
import { connect, event, jobs } from '../test/queues.ts';
import { add } from './add.ts';
import { natsQueue } from './nats-queue.ts';
import { work } from './work.ts';

const server = new URL('./server.ts', import.meta.url);
const skip = whyNoBroker() ?? false;

describe('two servers with one queue', { skip }, () => {
  test('give the jobs of a killed server to the workers of the other, in the order of their key', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const first = await startServer(t, server, '--broker', broker.url);
    const second = await startServer(t, server, '--broker', broker.url);
    await add(connect(t, second.address), [...jobs('a', 3, 'a'), ...jobs('j', 3)]);
    const holds = event();
    const never = new AbortController();
    const held: string[] = [];
    const lost = work(
      connect(t, first.address),
      { parallel: 4, signal: never.signal },
      async ({ id }, { signal }) => {
        if (held.push(id) === 4) holds.happen();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    );
    await holds.happened;
    assert.deepEqual(held.sort(), ['a1', 'j1', 'j2', 'j3']);
    first.child.kill('SIGKILL');
    never.abort();
    await lost;

    const done: string[] = [];
    const stop = new AbortController();
    await work(connect(t, second.address), { parallel: 4, signal: stop.signal }, async ({ id }) => {
      if (done.push(id) === 6) stop.abort();
    });
    assert.deepEqual([...done].sort(), ['a1', 'a2', 'a3', 'j1', 'j2', 'j3']);
    assert.deepEqual(
      done.filter((id) => id.startsWith('a')),
      ['a1', 'a2', 'a3'],
    );
  });
  test('keep jobs and dead letters when all of them restart', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const before = await startServer(t, server, '--broker', broker.url, '--attempts', '1');
    const client = connect(t, before.address);
    await add(client, jobs('bad', 1));
    const stop = new AbortController();
    await work(client, { parallel: 1, signal: stop.signal }, async () => {
      stop.abort();
      throw new Error('no paper');
    });
    await add(client, jobs('j', 10));
    before.child.kill('SIGTERM');
    assert.equal(await before.exit, 0);
    await broker.kill();
    await broker.restart();
    const after = connect(t, (await startServer(t, server, '--broker', broker.url)).address);
    const { waiting, dead } = await after.stats({});
    // A broker that was killed may have forgotten that it took the dead job out of those that wait.
    assert.ok(['10', '11'].includes(waiting), `${waiting} wait`);
    assert.equal(dead, '1');
    for await (const { id, reason } of after.deadLetters({}))
      assert.deepEqual([id, reason], ['bad1', 'no paper']);
  });
  test('remove what another program wrote to the queue, and go on', async (t) => {
    const broker = await startBroker();
    t.after(broker.remove);
    const queue = await natsQueue({ broker: broker.url, name: 'shared', attempts: 1, maxBytes: 2 ** 20 });
    const stranger = await connectToBroker({ servers: broker.url });
    const badKey = headers();
    badKey.set('Job-Id', 'bad-key');
    badKey.set('Job-Key', '%zz');
    stranger.publish('queue.shared.jobs.free', 'without an id');
    stranger.publish('queue.shared.jobs.free', 'with a bad key', { headers: badKey });
    await stranger.drain();
    await queue.add({ id: 'j1', key: '', payload: Buffer.from('j1') });
    const given = event<string>();
    const worker = queue.join({
      name: 'worker',
      give(lease, { job }) {
        given.happen(job.id);
        void worker.answer(lease, { done: true });
      },
      lapse() {},
      windowIs() {},
      end() {},
    });
    worker.open({ jobs: 10, lease: 30_000 });
    assert.equal(await given.happened, 'j1');
    while ((await queue.numbers()).waiting > 0);
    await queue.close();
  });
  test('say that there is no broker, and how to start one', async (t) => {
    const lost = startProgram(t, server, '--port', '0', '--broker', 'nats://127.0.0.1:1');
    assert.equal(await lost.exit, 2);
    assert.match(
      lost.errors.join('\n'),
      /^no queue in nats:\/\/127\.0\.0\.1:1: .*; start a broker with "nats-server -js"$/,
    );
  });
});
