import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { type IterableHandlers, StatusError } from 'grpc-iterables';
import { Greetering } from 'proto';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';
import { attempt, event, failsWith, greetering, patience, served } from '../harness.ts';

const { eitherOf } = await attempt<typeof import('./start.ts')>(import.meta.url);

type Hello = IterableHandlers<GreeteringHandlers>['Hello'];

/** A client of a server that asks two other servers, which have these handlers. */
async function front(t: TestContext, first: Hello, second: Hello) {
  const greeters = [];
  for (const Hello of [first, second]) greeters.push(await served(t, greetering({ Hello }), Greetering));
  const [one, two] = greeters;
  assert.ok(one && two);
  return served(t, greetering({ Hello: eitherOf(one, two) }), Greetering);
}

const answers: Hello = ({ name }) => ({ msg: `Hello, ${name}!` });
const refuses: Hello = () => {
  throw new StatusError(status.NOT_FOUND, 'nobody');
};
/** Never answers, and says when its call has ended. */
const stalls =
  (started: () => void, stopped: () => void): Hello =>
  async (_, { signal }) => {
    started();
    await once(signal, 'abort');
    stopped();
    return { msg: '' };
  };
const nothing = () => {};

test('the first server answers if it can', patience, async (t) => {
  const client = await front(t, answers, refuses);
  assert.deepEqual(await client.hello({ name: 'Ann' }, { timeout: 2000 }), { msg: 'Hello, Ann!' });
});

test('if the first server is too slow, the second one has time to answer', patience, async (t) => {
  const deadlines: Date[] = [];
  const note =
    (hello: Hello): Hello =>
    (request, context) => {
      if (context.deadline) deadlines.push(context.deadline);
      return hello(request, context);
    };
  const client = await front(t, note(stalls(nothing, nothing)), note(answers));
  const begun = Date.now();
  assert.deepEqual(await client.hello({ name: 'Ann' }, { timeout: 2000 }), { msg: 'Hello, Ann!' });
  const [half = 0, whole = 0] = deadlines.map((deadline) => deadline.getTime() - begun);
  assert.ok(half < 1500, `the first had ${half} ms of 2000`);
  assert.ok(whole > 1500, `the second had no more than ${whole} ms of 2000`);
});

test('an error of the first server is the answer', patience, async (t) => {
  const client = await front(t, refuses, answers);
  await failsWith(client.hello({ name: 'Ann' }, { timeout: 2000 }), status.NOT_FOUND);
});

test('if the client gives up, the call to the first server is cancelled', patience, async (t) => {
  const started = event();
  const stopped = event();
  const client = await front(t, stalls(started.happen, stopped.happen), answers);
  const cancel = new AbortController();
  const call = failsWith(client.hello({ name: 'Ann' }, { signal: cancel.signal }), status.CANCELLED);
  await started.happened;
  cancel.abort();
  await call;
  await stopped.happened;
});
