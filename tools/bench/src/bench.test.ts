// The comparison is fair only if every stack really does the work.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { judged } from './goals.ts';
import { expectedSum } from './packed.ts';
import type { Measured, WorkResult } from './results.ts';
import type { BenchClient, Stack } from './stack.ts';
import { type StackName, stackNames, stacks } from './stacks.ts';

const program = fileURLToPath(new URL('./side.ts', import.meta.url));

async function connected(t: TestContext, name: StackName): Promise<BenchClient> {
  const server = fork(program, ['server', name], { execArgv: ['--import', 'tsx'] });
  const exit = once(server, 'exit');
  const [{ address }] = await once(server, 'message');
  const client = stacks[name].connect(address) as BenchClient;
  t.after(async () => {
    client.close();
    server.disconnect();
    await exit;
  });
  return client;
}

describe('every stack', () => {
  for (const name of stackNames) {
    const { does }: Stack = stacks[name];
    test(`${name} does all of its work`, { timeout: 60_000 }, async (t) => {
      const client = await connected(t, name);
      assert.equal(await client.download(1000, 10), 1000);
      assert.equal(await client.upload(1000, 10), 1000);
      assert.equal(await client.exchange(1000), 1000);
      if (does) return;
      await client.unary(100, 10);
      await client.firstCall();
      await client.failure();
      const times = await client.pingPong(10);
      assert.equal(times.length, 10);
      assert.ok(times.every((time) => time > 0));
      assert.equal(await client.downloadPacked(10), expectedSum(10));
      assert.equal(await client.uploadPacked(10), expectedSum(10));
    });
  }
});

describe('a goal', () => {
  const usage = { cpu: 1, peak: 1 };
  const work = (name: string, figures: Partial<Record<StackName, number>>): WorkResult => ({
    work: name,
    unit: 'messages a ms',
    more: true,
    measured: Object.entries(figures).map(
      ([stack, figure]): Measured => ({
        stack: stack as StackName,
        figures: [[figure]],
        server: usage,
        client: usage,
      }),
    ),
  });

  test('is met or missed by the best figures of one run', () => {
    const results = [work('server streaming, 100,000 tiny', { ours: 500, 'grpc-js': 100, connect: 101 })];
    const lines = judged(results);
    assert.match(lines[0] ?? '', /ours \/ grpc-js +5\.00 +at least 5 +met$/);
    assert.match(lines[1] ?? '', /ours \/ connect +4\.95 +at least 5 +MISSED$/);
    assert.equal(lines.length, 2);
  });
});
