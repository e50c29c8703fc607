// Balance: three servers share the calls of one client, and two of them stop. Start it with `pnpm production:balance`.
import { once } from 'node:events';
import { connect, defineService, serve } from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { drain } from '../health/drain.ts';
import { healthOf } from '../health/health.ts';
import { balanced } from './balanced.ts';
import { renewed } from './renewed.ts';

/** A server that sends the numbers from the given one on: as many as asked for, or three and then nothing more. */
async function startServer(name: string) {
  const seen = { calls: 0, streams: 0 };
  const service = defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number, count }, { signal }) {
      seen.calls++;
      for (let next = 0; next < (count || 3); next++) yield { number: Number(number) + next };
      if (count > 0) return;
      seen.streams++;
      if (!signal.aborted) await once(signal, 'abort');
    },
  });
  const health = healthOf([service]);
  const server = await serve([service, health.service], { gracePeriod: 100 });
  return { name, seen, address: server.address, stop: () => drain(server, health, 300) };
}
const servers = await Promise.all(['A', 'B', 'C'].map(startServer));

// #region client
const addresses = servers.map(({ address }) => address);
const channel = balanced(addresses, { service: 'stream.ServerStream' });
await using client = connect(ServerStream, channel);
// #endregion client

async function makeCall(): Promise<void> {
  for await (const _ of client.pow({ count: 1 }));
}
async function printShares(calls: number): Promise<void> {
  for (const { seen } of servers) seen.calls = 0;
  for (let call = 0; call < calls; call++) await makeCall();
  console.log(`${calls} calls: ${servers.map(({ name, seen }) => `${name} ${seen.calls}`).join(', ')}`);
}

// The client uses each server as soon as it is connected.
while (servers.some(({ seen }) => seen.calls === 0)) await makeCall();
await printShares(30);

const [, b] = servers;
let stopped = false;
void b?.stop().then(() => {
  stopped = true;
});
while (!stopped) await makeCall();
console.log('B has stopped, and no call has failed');
await printShares(30);

// #region renewed
/** All numbers from 1 on; the service continues after the last one that was received. */
const numbers = renewed(
  (last: { number: string } | undefined, signal) =>
    client.pow({ number: Number(last?.number ?? 0) + 1 }, { signal }),
  10 * 60_000,
);
for await (const { number } of numbers) {
  console.log(`stream: ${number}`);
  if (number === '3') void stopServerOfStream();
  if (number === '6') break;
}
// #endregion renewed
await Promise.all(servers.map(({ stop }) => stop()));

async function stopServerOfStream(): Promise<void> {
  console.log('the server of the stream stops');
  await servers.find(({ seen }) => seen.streams > 0)?.stop();
}
