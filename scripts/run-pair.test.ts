import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Demo, describeMessages, findDemos } from './demos.ts';
import { runPair, type Side } from './run-pair.ts';

async function clientStream(): Promise<Demo> {
  const demo = (await findDemos()).find(({ name }) => name === 'client-stream');
  assert.ok(demo);
  return demo;
}
const never = new AbortController().signal;
const silent = () => {};

describe('a pair', () => {
  test('is complete when the client printed what it should; both sides are heard', async () => {
    const heard: [Side, string][] = [];
    const outcome = await runPair(await clientStream(), (side, line) => heard.push([side, line]), never);
    assert.equal(outcome.ending, 'complete');
    assert.equal(outcome.messages, '10 numbers in, 1 sum out');
    assert.ok(heard.some(([side, line]) => side === 'server' && line === 'sum of 10 numbers: 45'));
    assert.ok(heard.some(([side, line]) => side === 'client' && line === 'sum: 45'));
  });
  test('fails when the client printed something else', async () => {
    const outcome = await runPair({ ...(await clientStream()), output: ['sum: 46'] }, silent, never);
    assert.equal(outcome.ending, 'client printed "sum: 45" instead of "sum: 46"');
  });
  test('fails when the client fails', async () => {
    const outcome = await runPair({ ...(await clientStream()), clientArguments: ['ten'] }, silent, never);
    assert.equal(outcome.ending, 'client failed with exit status 2');
  });
  test('fails when the server does not start', async () => {
    const outcome = await runPair({ ...(await clientStream()), name: 'no-such-package' }, silent, never);
    assert.equal(outcome.ending, 'the server ended before it served');
  });
});

test('a count takes each matching line as one message, or as the number that it captures', async () => {
  const messages: Demo['messages'] = [
    { side: 'server', line: '^Recv', unit: 'in' },
    { side: 'client', line: '^Recv (\\d+)', unit: 'out' },
  ];
  const lines = ['Recv 1', 'other', 'Recv 20'];
  const demo = { ...(await clientStream()), messages };
  assert.equal(describeMessages(demo, { server: lines, client: lines }), '2 in, 21 out');
});
