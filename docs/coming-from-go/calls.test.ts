import assert from 'node:assert/strict';
import { test } from 'node:test';
import { credentials } from '@grpc/grpc-js';
import { iterableClient, serve, streamingChannelOptions } from 'grpc-iterables';
import { Greetering } from 'proto';
import { greetEach, greetTogether, hello, streamHello } from './calls.ts';
import { greetering } from './service.ts';

test('what the page shows runs, and says what the Go program says', async (t) => {
  const server = await serve([greetering]);
  t.after(() => server.shutdown());
  const grpcClient = new Greetering(server.address, credentials.createInsecure(), streamingChannelOptions);
  t.after(() => grpcClient.close());
  const client = iterableClient(grpcClient, Greetering.service);
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
