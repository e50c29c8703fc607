import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attempt, patience } from '../harness.ts';

const { limiter } = await attempt<typeof import('./start.ts')>(import.meta.url);

const RATE = 4;
const BURST = 10;

/** A limit of 4 messages a second and 10 at once, and a clock that the test sets. */
function started() {
  const clock = { now: 900 };
  const take = limiter(RATE, BURST, () => clock.now);
  /** How many messages of this client are accepted now. */
  const accepted = (client: string) => {
    let count = 0;
    while (count < 100 && take(client) === 0) count++;
    return count;
  };
  return { clock, take, accepted };
}

test('a client may send as many messages at once as its bucket holds', patience, () => {
  const count = started().accepted('Ann');
  assert.equal(count, BURST, `a full bucket has ${BURST} tokens, but ${count} messages were accepted`);
});

test('each client has a bucket of its own', patience, () => {
  const { accepted } = started();
  accepted('Ann');
  const count = accepted('Bob');
  assert.equal(
    count,
    BURST,
    `Ann has used her tokens. Bob has ${BURST}, but ${count} of his messages were accepted`,
  );
});

test('tokens come back little by little', patience, () => {
  const { clock, accepted } = started();
  accepted('Ann');
  for (const [milliseconds, wanted] of [
    [200, 0],
    [60, 1],
    [500, 2],
    [1000, 4],
  ] as const) {
    clock.now += milliseconds;
    const count = accepted('Ann');
    assert.equal(
      count,
      wanted,
      `after ${milliseconds} more ms, at ${RATE} tokens a second, ${wanted} messages fit, but ${count} were accepted`,
    );
  }
});

test('a bucket never holds more than its burst', patience, () => {
  const { clock, accepted } = started();
  accepted('Ann');
  clock.now += 60_000;
  const count = accepted('Ann');
  assert.equal(
    count,
    BURST,
    `after a minute the bucket has ${BURST} tokens, but ${count} messages were accepted`,
  );
});

test('a client that is refused learns when there is a token', patience, () => {
  const { clock, take, accepted } = started();
  accepted('Ann');
  for (const [milliseconds, wanted] of [
    [0, 250],
    [100, 150],
  ] as const) {
    clock.now += milliseconds;
    const wait = take('Ann');
    assert.ok(Math.abs(wait - wanted) < 1, `the next token comes in ${wanted} ms, but take said ${wait} ms`);
  }
});

test('a refused message costs nothing', patience, () => {
  const { clock, take, accepted } = started();
  accepted('Ann');
  let count = 0;
  for (let attempt = 0; attempt < 30; attempt++) {
    clock.now += 10;
    if (take('Ann') === 0) count++;
  }
  assert.equal(
    count,
    1,
    `a token takes 250 ms. The client asked every 10 ms for 300 ms, so 1 message fits, but ${count} were accepted`,
  );
});
