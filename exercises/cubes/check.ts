import assert from 'node:assert/strict';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { exercises } from 'proto';
import { attempt, failsWith, patience, served } from '../harness.ts';

const { cubeService } = await attempt<typeof import('./start.ts')>(import.meta.url);

async function cubes(responses: AsyncIterable<{ cube: string }>): Promise<string[]> {
  const received: string[] = [];
  for await (const { cube } of responses) received.push(cube);
  return received;
}

test('the cubes arrive in order, and are exact', patience, async (t) => {
  const service = cubeService(() => {});
  const client = await served(t, service, exercises.Cubes);
  assert.deepEqual(await cubes(client.from({ first: 2, count: 3 })), ['8', '27', '64']);
  assert.deepEqual(await cubes(client.from({ first: -1, count: 2 })), ['-1', '0']);
  const [large] = await cubes(client.from({ first: 2_000_001, count: 1 }));
  assert.equal(
    large,
    '8000012000006000001',
    `the cube of 2000001 is 8000012000006000001, but ${large} arrived`,
  );
});

test('a negative count is refused', patience, async (t) => {
  const service = cubeService(() => {});
  const client = await served(t, service, exercises.Cubes);
  await failsWith(cubes(client.from({ first: 2, count: -1 })), status.INVALID_ARGUMENT);
});

test('cubes that nobody wants are not calculated', patience, async (t) => {
  let made = 0;
  const service = cubeService(() => made++);
  const client = await served(t, service, exercises.Cubes);
  for await (const { cube } of client.from({ first: 1, count: 1_000_000 })) {
    if (cube === '8') break;
  }
  assert.ok(made < 100_000, `the client took 2 cubes and left, but ${made} were calculated`);
});
