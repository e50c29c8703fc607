import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { WorkQueue } from 'proto';
import { attempt, oneByOne, patience, served } from '../harness.ts';

const { giveBackService } = await attempt<typeof import('./start.ts')>(import.meta.url);

type Client = Awaited<ReturnType<typeof served<InstanceType<typeof WorkQueue>>>>;

/** Asks for a job until there is one. */
async function firstJob(client: Client): Promise<string | undefined> {
  const { requests, send } = oneByOne();
  let asking = true;
  const job = client.work(requests).next();
  const asked = (async () => {
    for (; asking; await nextTurn()) send({ window: { jobs: 1 } });
  })();
  const { value } = await job;
  asking = false;
  await asked;
  return value?.job?.id;
}

test('a job that is done does not come again', patience, async (t) => {
  const client = await served(t, giveBackService(['a', 'b']), WorkQueue);
  const { requests, send, halfClose } = oneByOne();
  const jobs = client.work(requests);
  send({ window: { jobs: 1 } });
  assert.equal((await jobs.next()).value?.job?.id, 'a');
  send({ ack: { lease: 1 } });
  assert.equal((await jobs.next()).value?.job?.id, 'b');
  send({ ack: { lease: 1 } });
  halfClose();
  assert.equal((await jobs.next()).done, true);
});

test('the job of a worker that cancels goes to another', patience, async (t) => {
  const client = await served(t, giveBackService(['a', 'b']), WorkQueue);
  const { requests, send } = oneByOne();
  const lost = client.work(requests);
  send({ window: { jobs: 1 } });
  await lost.next();
  await lost.return?.();
  // Until the server has heard of it, another worker gets the job that follows.
  const jobs = [await firstJob(client), await firstJob(client)];
  assert.ok(jobs.includes('a'), `the next workers got ${jobs}`);
});

test('the job of a worker that finishes without an answer goes to the next one', patience, async (t) => {
  const client = await served(t, giveBackService(['a']), WorkQueue);
  const { requests, send, halfClose } = oneByOne();
  const jobs = client.work(requests);
  send({ window: { jobs: 1 } });
  await jobs.next();
  halfClose();
  assert.equal((await jobs.next()).done, true);
  assert.equal(await firstJob(client), 'a');
});
