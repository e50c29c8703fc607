import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exercises } from 'proto';
import { attempt, event, expected, patience, served } from '../harness.ts';

const { meanService } = await attempt<typeof import('./start.ts')>(import.meta.url);

test('each number is answered with the mean of all numbers so far', patience, async (t) => {
  const client = await served(t, meanService(), exercises.Statistics);
  const means: number[] = [];
  for await (const { mean } of client.mean([{ number: 2 }, { number: 4 }, { number: 9 }])) means.push(mean);
  assert.deepEqual(means, [2, 3, 5]);
});

test('without numbers there is no mean', patience, async (t) => {
  const client = await served(t, meanService(), exercises.Statistics);
  for await (const _ of client.mean([])) assert.fail('a mean of nothing');
});

test('a client may wait for each answer before it sends the next number', patience, async (t) => {
  const client = await served(t, meanService(), exercises.Statistics);
  let answered = event();
  async function* numbers() {
    for (const number of [10, 20, 60]) {
      yield { number };
      await answered.happened;
      answered = event();
    }
  }
  async function exchange() {
    const means: number[] = [];
    for await (const { mean } of client.mean(numbers())) {
      means.push(mean);
      answered.happen();
    }
    return means;
  }
  assert.deepEqual(
    await expected(exchange(), 'each number must be answered before the next one is sent'),
    [10, 15, 30],
  );
});
