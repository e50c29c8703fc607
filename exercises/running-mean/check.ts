import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BidirectionalStreamServer } from 'proto';
import { attempt, event, patience, served } from '../harness.ts';

const { meanService } = await attempt<typeof import('./start.ts')>(import.meta.url);

test('each number is answered with the mean so far', patience, async (t) => {
  const client = await served(t, meanService(), BidirectionalStreamServer);
  const means: number[] = [];
  for await (const { sqrt } of client.sqrt([{ number: 2 }, { number: 4 }, { number: 9 }])) means.push(sqrt);
  assert.deepEqual(means, [2, 3, 5]);
});

test('no numbers, no means', patience, async (t) => {
  const client = await served(t, meanService(), BidirectionalStreamServer);
  for await (const _ of client.sqrt([])) assert.fail('a mean of nothing');
});

test('a client may wait for each answer before it sends on', patience, async (t) => {
  const client = await served(t, meanService(), BidirectionalStreamServer);
  let answered = event();
  async function* numbers() {
    for (const number of [10, 20, 60]) {
      yield { number };
      await answered.happened;
      answered = event();
    }
  }
  const means: number[] = [];
  for await (const { sqrt } of client.sqrt(numbers())) {
    means.push(sqrt);
    answered.happen();
  }
  assert.deepEqual(means, [10, 15, 30]);
});
