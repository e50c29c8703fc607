import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { Greetering } from 'proto';
import { attempt, failsWith, greetering, patience, served } from '../harness.ts';

const { retrying } = await attempt<typeof import('./start.ts')>(import.meta.url);

/** A greeter that fails while `fails` has a number above 0, and counts its calls. */
async function greeter(t: TestContext) {
  const server = { fails: 0, code: status.UNAVAILABLE, calls: 0 };
  const client = await served(
    t,
    greetering({
      async Hello({ name }) {
        server.calls++;
        if (server.fails-- > 0) throw new StatusError(server.code, 'not now');
        return { msg: name };
      },
    }),
    Greetering,
  );
  return { server, hello: () => client.hello({ name: 'Ann' }) };
}

test('a call that fails twice is repeated twice', patience, async (t) => {
  const { server, hello } = await greeter(t);
  server.fails = 2;
  assert.deepEqual(await retrying(10, 0.1)(hello), { msg: 'Ann' });
  assert.equal(server.calls, 3, `two attempts fail and the third succeeds, but there were ${server.calls}`);
});

test('there are at most three attempts', patience, async (t) => {
  const { server, hello } = await greeter(t);
  server.fails = 10;
  await failsWith(retrying(100, 0.1)(hello), status.UNAVAILABLE);
  assert.equal(server.calls, 3, `three attempts are allowed, but there were ${server.calls}`);
});

test('another error is not repeated', patience, async (t) => {
  const { server, hello } = await greeter(t);
  server.fails = 1000;
  server.code = status.INVALID_ARGUMENT;
  const call = retrying(4, 0.1);
  for (let made = 0; made < 5; made++) await failsWith(call(hello), status.INVALID_ARGUMENT);
  assert.equal(
    server.calls,
    5,
    `five calls fail with INVALID_ARGUMENT, and the server got ${server.calls} attempts`,
  );
  server.fails = 1;
  server.code = status.UNAVAILABLE;
  await call(hello).catch(() => assert.fail('the five errors with another status must not take tokens'));
});

test('a server that fails all the time soon gets no retries', patience, async (t) => {
  const { server, hello } = await greeter(t);
  server.fails = 1000;
  const call = retrying(10, 0.1);
  for (let made = 0; made < 100; made++) await failsWith(call(hello), status.UNAVAILABLE);
  assert.equal(
    server.calls,
    103,
    `the budget allows 3 retries for 100 calls, so the server must get 103 attempts. It got ${server.calls}`,
  );
});

test('successes fill the budget again', patience, async (t) => {
  const { server, hello } = await greeter(t);
  const call = retrying(4, 0.5);
  server.fails = 20;
  while (server.fails > 0) await call(hello).catch(() => {});
  server.fails = 1;
  server.calls = 0;
  await call(hello).catch(() => {});
  assert.equal(server.calls, 1, 'after 20 failures the budget is empty, so there must be no retry');
  for (let made = 0; made < 7; made++) await call(hello);
  server.fails = 1;
  // Seven successes give 3.5 tokens. The failure takes one, and 2.5 is more than half of 4.
  await call(hello).catch(() =>
    assert.fail('after seven successes there are 3.5 of 4 tokens, so a retry must be made'),
  );
});

test('the budget does not grow above its limit', patience, async (t) => {
  const { server, hello } = await greeter(t);
  const call = retrying(4, 0.5);
  for (let made = 0; made < 50; made++) await call(hello);
  server.fails = 1000;
  server.calls = 0;
  for (let made = 0; made < 10; made++) await failsWith(call(hello), status.UNAVAILABLE);
  assert.equal(
    server.calls,
    11,
    `a full budget of 4 tokens allows 1 retry for 10 calls, so 11 attempts. There were ${server.calls}`,
  );
});
