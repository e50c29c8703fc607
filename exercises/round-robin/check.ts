import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import type { IterableClient } from 'grpc-iterables';
import { Greetering } from 'proto';
import type { GreeteringClient } from 'proto/gen/proto/Greetering';
import { attempt, failsWith, greetering, patience, served } from '../harness.ts';
import type { Server } from './start.ts';

const { balanced } = await attempt<typeof import('./start.ts')>(import.meta.url);

interface CountingServer extends Server {
  client: IterableClient<GreeteringClient>;
  calls: { count: number };
}

/** A server that counts its calls. */
async function counting(t: TestContext, address: string): Promise<CountingServer> {
  const calls = { count: 0 };
  const service = greetering({
    Hello() {
      calls.count++;
      return { msg: address };
    },
  });
  const client = await served(t, service, Greetering);
  return { address, client, calls, health: 'SERVING' };
}

/** Four servers, and a function that makes calls and says how many each server got. */
async function four(t: TestContext) {
  const servers: CountingServer[] = [];
  for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4'])
    servers.push(await counting(t, address));
  const next = balanced(servers);
  async function afterCalls(count: number): Promise<number[]> {
    for (const { calls } of servers) calls.count = 0;
    for (let made = 0; made < count; made++) await next().client.hello({ name: 'Ann' });
    return servers.map(({ calls }) => calls.count);
  }
  return { servers, next, afterCalls };
}

function shares(found: number[], wanted: number[], why: string): void {
  assert.deepEqual(
    found,
    wanted,
    `${why}, so their shares are ${wanted.join(', ')}. They got ${found.join(', ')} calls`,
  );
}

test('all servers get the same number of calls', patience, async (t) => {
  const { afterCalls } = await four(t);
  shares(await afterCalls(40), [10, 10, 10, 10], 'all four are SERVING');
});

test('a server that is NOT_SERVING gets no call, and the others share evenly', patience, async (t) => {
  const { servers, afterCalls } = await four(t);
  const [, second] = servers;
  assert.ok(second);
  second.health = 'NOT_SERVING';
  shares(await afterCalls(30), [10, 0, 10, 10], 'the second is NOT_SERVING');
  second.health = 'SERVING';
  shares(await afterCalls(40), [10, 10, 10, 10], 'all four are SERVING again');
});

test('a server that is removed from the list gets no call', patience, async (t) => {
  const { servers, afterCalls } = await four(t);
  await afterCalls(7);
  servers.pop();
  shares(await afterCalls(30), [10, 10, 10], 'there are three servers now');
});

test('if no server is SERVING, the error says so', patience, async (t) => {
  const { servers, next } = await four(t);
  for (const server of servers) server.health = 'NOT_SERVING';
  await failsWith((async () => next().address)(), status.UNAVAILABLE, /10\.0\.0\.1.*10\.0\.0\.4/s);
});
