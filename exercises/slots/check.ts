import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WorkQueue } from 'proto';
import { attempt, oneByOne, patience, served } from '../harness.ts';

const { slotsService } = await attempt<typeof import('./start.ts')>(import.meta.url);

test('a worker gets as many jobs as its window, and one more for each answer', patience, async (t) => {
  const client = await served(t, slotsService(['a', 'b', 'c', 'd']), WorkQueue);
  const { requests, send, halfClose } = oneByOne();
  const jobs = client.work(requests);
  const next = async () => (await jobs.next()).value?.job;
  send({ window: { jobs: 2 } });
  const [a, b] = [await next(), await next()];
  assert.deepEqual([a?.id, b?.id], ['a', 'b']);
  send({ ack: { lease: a?.lease ?? '' } });
  assert.equal((await next())?.id, 'c');
  // Two are held, so nothing comes before the end.
  halfClose();
  assert.equal(await next(), undefined);
});

test('a wider window is filled up, and a smaller one is emptied first', patience, async (t) => {
  const client = await served(t, slotsService(['a', 'b', 'c', 'd', 'e']), WorkQueue);
  const { requests, send, halfClose } = oneByOne();
  const jobs = client.work(requests);
  const next = async () => (await jobs.next()).value?.job;
  send({ window: { jobs: 1 } });
  await next();
  send({ window: { jobs: 3 } });
  const [b, c] = [await next(), await next()];
  send({ window: { jobs: 1 } });
  send({ ack: { lease: b?.lease ?? '' } });
  send({ ack: { lease: c?.lease ?? '' } });
  halfClose();
  assert.equal(await next(), undefined);
});

test('what one worker does not take is for the others', patience, async (t) => {
  const client = await served(t, slotsService(['a', 'b']), WorkQueue);
  for (const id of ['a', 'b']) {
    const { requests, send } = oneByOne();
    send({ window: { jobs: 1 } });
    assert.equal((await client.work(requests).next()).value?.job?.id, id);
  }
});
