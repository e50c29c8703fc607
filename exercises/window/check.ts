import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BidirectionalStreamServer } from 'proto';
import { attempt, event, patience, served } from '../harness.ts';

const { distinctService } = await attempt<typeof import('./start.ts')>(import.meta.url);

test(
  'a number that was among the last ones is dropped, and comes back when it was not',
  patience,
  async (t) => {
    const client = await served(t, distinctService(3), BidirectionalStreamServer);
    const passed: number[] = [];
    const requests = [1, 1, 2, 1, 3, 4, 5, 1, 5].map((number) => ({ number }));
    for await (const { sqrt } of client.sqrt(requests)) passed.push(sqrt);
    assert.deepEqual(passed, [1, 2, 3, 4, 5, 1]);
  },
);

test('a window of none lets everything pass', patience, async (t) => {
  const client = await served(t, distinctService(0), BidirectionalStreamServer);
  const passed: number[] = [];
  for await (const { sqrt } of client.sqrt([{ number: 1 }, { number: 1 }])) passed.push(sqrt);
  assert.deepEqual(passed, [1, 1]);
});

test('a new number passes while the client still sends', patience, async (t) => {
  const client = await served(t, distinctService(3), BidirectionalStreamServer);
  const passed = event();
  async function* numbers() {
    yield { number: 7 };
    yield { number: 7 };
    await passed.happened;
  }
  const numbersBack: number[] = [];
  for await (const { sqrt } of client.sqrt(numbers())) {
    numbersBack.push(sqrt);
    passed.happen();
  }
  assert.deepEqual(numbersBack, [7]);
});

test('each stream has a window of its own', patience, async (t) => {
  const client = await served(t, distinctService(3), BidirectionalStreamServer);
  for (let stream = 0; stream < 2; stream++) {
    assert.deepEqual((await client.sqrt([{ number: 1 }]).next()).value, { sqrt: 1 });
  }
});
