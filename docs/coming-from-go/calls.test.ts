import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, serve } from 'grpc-iterables';
import { Greetering } from 'proto';
import { greetEach, greetTogether, hello, streamHello } from './calls.ts';
import { greetering } from './service.ts';

test('the TypeScript code of the page prints the same lines as the Go program', async (t) => {
  const server = await serve([greetering]);
  t.after(() => server.shutdown());
  const client = connect(Greetering, server.address);
  t.after(() => client.close());
  const lines: string[] = [];
  for (const call of [hello, streamHello, greetEach, greetTogether]) {
    await call(client, (line) => lines.push(line));
  }
  assert.deepEqual(lines, [
    'Hello, Ann!',
    '3 to go, Ann',
    '2 to go, Ann',
    '1 to go, Ann',
    'Hello, Ann and Bob!',
    'Hello, Ann!',
    'Hello, Bob!',
  ]);
});
