import assert from 'node:assert/strict';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { ServerStream } from 'proto';
import { attempt, patience, served } from '../harness.ts';

const { cubeService } = await attempt<typeof import('./start.ts')>(import.meta.url);

async function cubes(responses: AsyncIterable<{ number: string }>): Promise<string[]> {
  const numbers: string[] = [];
  for await (const { number } of responses) numbers.push(number);
  return numbers;
}

test('the cubes come in order, and are exact', patience, async (t) => {
  const client = await served(
    t,
    cubeService(() => {}),
    ServerStream,
  );
  assert.deepEqual(await cubes(client.pow({ number: 2, count: 3 })), ['8', '27', '64']);
  assert.deepEqual(await cubes(client.pow({ number: -1, count: 2 })), ['-1', '0']);
  assert.deepEqual(await cubes(client.pow({ number: 2_000_001, count: 1 })), ['8000012000006000001']);
});

test('a negative count is refused', patience, async (t) => {
  const client = await served(
    t,
    cubeService(() => {}),
    ServerStream,
  );
  await assert.rejects(cubes(client.pow({ number: 2, count: -1 })), { code: status.INVALID_ARGUMENT });
});

test('cubes that nobody wants any more are not made', patience, async (t) => {
  let made = 0;
  const client = await served(
    t,
    cubeService(() => made++),
    ServerStream,
  );
  for await (const { number } of client.pow({ number: 1, count: 1_000_000 })) {
    if (number === '8') break;
  }
  assert.ok(made < 100_000, `${made} cubes were made for a client that took two`);
});
