import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exercises } from 'proto';
import { attempt, event, patience, served } from '../harness.ts';

const { distinctService } = await attempt<typeof import('./start.ts')>(import.meta.url);

test(
  'a number is dropped if it was among the last ones, and comes back if it was not',
  patience,
  async (t) => {
    const client = await served(t, distinctService(3), exercises.Statistics);
    const passed: number[] = [];
    const requests = [1, 1, 2, 1, 3, 4, 5, 1, 5].map((number) => ({ number }));
    for await (const { number } of client.distinct(requests)) passed.push(number);
    assert.deepEqual(
      passed,
      [1, 2, 3, 4, 5, 1],
      'the last 1 must come back: it is not among the three numbers before it',
    );
  },
);

test('with a size of 0 every number comes back', patience, async (t) => {
  const client = await served(t, distinctService(0), exercises.Statistics);
  const passed: number[] = [];
  for await (const { number } of client.distinct([{ number: 1 }, { number: 1 }])) passed.push(number);
  assert.deepEqual(passed, [1, 1]);
});

test('a new number comes back while the client is still sending', patience, async (t) => {
  const client = await served(t, distinctService(3), exercises.Statistics);
  const passed = event();
  async function* numbers() {
    yield { number: 7 };
    yield { number: 7 };
    await passed.happened;
  }
  const numbersBack: number[] = [];
  for await (const { number } of client.distinct(numbers())) {
    numbersBack.push(number);
    passed.happen();
  }
  assert.deepEqual(numbersBack, [7]);
});

test('each call remembers its own numbers', patience, async (t) => {
  const client = await served(t, distinctService(3), exercises.Statistics);
  for (let stream = 0; stream < 2; stream++) {
    assert.deepEqual((await client.distinct([{ number: 1 }]).next()).value, { number: 1 });
  }
});
