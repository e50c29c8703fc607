import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ClientAccount, ServerAccount } from './account.ts';
import { faultsOf } from './judge.ts';
import { endings, type Plan, randomPlans } from './plan.ts';

const plan: Plan = {
  id: 1,
  kind: 'upload',
  ending: 'client aborts',
  requests: 10,
  responses: 1,
  moment: 5,
  delay: 0,
  padding: 0,
  clientPace: 0,
  serverPace: 0,
};
const client: ClientAccount = {
  id: 1,
  sent: 5,
  finished: false,
  requestsClosed: true,
  received: 0,
  ended: 'CANCELLED',
  at: 0,
};
const server: ServerAccount = { id: 1, received: 5, sawEnd: false, sent: 0, ended: 'CANCELLED', at: 5 };

describe('a call is judged', () => {
  test('without a fault if both sides report the same', () => {
    assert.deepEqual(faultsOf(plan, client, server), []);
    assert.deepEqual(faultsOf(plan, client, undefined), []);
  });
  test('as a false complete if the server saw an end that the client never reached', () => {
    const fooled = { ...server, sawEnd: true, ended: 'complete' };
    assert.deepEqual(faultsOf(plan, client, fooled), ['false complete']);
    assert.deepEqual(faultsOf(plan, undefined, fooled, 'client killed'), ['false complete']);
  });
  test('as a false complete if the client misses responses and has no error', () => {
    const download: Plan = { ...plan, kind: 'download', ending: 'complete', responses: 10 };
    const fooled = { ...client, ended: 'complete', received: 9 };
    assert.deepEqual(faultsOf(download, fooled, { ...server, ended: 'complete' }), ['false complete']);
  });
  test('as late if a finally took more than a second', () => {
    assert.deepEqual(faultsOf(plan, client, { ...server, at: 1500 }), ['late finally']);
    assert.deepEqual(faultsOf(plan, { ...client, requestsClosed: false }, server), ['late finally']);
  });
  test('as wrong if the status does not fit the ending', () => {
    assert.deepEqual(faultsOf(plan, { ...client, ended: 'INTERNAL' }, server), ['wrong status']);
  });
  test('as overtaken if responses that were sent before an error are missing', () => {
    const failing: Plan = { ...plan, kind: 'download', ending: 'status', responses: 10 };
    const short = { ...client, ended: 'NOT_FOUND', received: 4 };
    assert.deepEqual(faultsOf(failing, short, { ...server, sent: 5, ended: 'threw' }), ['overtaken']);
  });
});

describe("a call to another library's server is judged", () => {
  const rules = { bound: 1000, foreignServer: true };
  test('by the same rules if the client ends it', () => {
    const fooled = { ...server, sawEnd: true, ended: 'complete' };
    assert.deepEqual(faultsOf(plan, client, fooled, undefined, rules), ['false complete']);
    assert.deepEqual(faultsOf(plan, { ...client, ended: 'INTERNAL' }, server, undefined, rules), [
      'wrong status',
    ]);
  });
  test('without the status codes that only its server chooses', () => {
    const late: Plan = { ...plan, ending: 'deadline' };
    assert.deepEqual(faultsOf(late, { ...client, ended: 'DEADLINE_EXCEEDED' }, server, undefined, rules), []);
    const failing: Plan = { ...plan, ending: 'exception' };
    const threw = { ...server, ended: 'threw' };
    assert.deepEqual(faultsOf(failing, { ...client, ended: 'UNKNOWN' }, threw, undefined, rules), []);
  });
  test('only by what the client sees if the connection is lost', () => {
    const fooled = { ...server, sawEnd: true, ended: 'complete' };
    const lost = { ...client, ended: 'UNAVAILABLE' };
    assert.deepEqual(faultsOf(plan, lost, fooled, 'connection cut', rules), []);
    assert.deepEqual(faultsOf(plan, client, fooled, 'connection cut', rules), ['wrong status']);
  });
});

test('the same seed makes the same plans, of every kind and ending', () => {
  const plans = randomPlans(2000, 42);
  assert.deepEqual(plans, randomPlans(2000, 42));
  const pairs = new Set(plans.map(({ kind, ending }) => `${kind} ${ending}`));
  assert.equal(pairs.size, Object.values(endings).flat().length);
});
