// Health: a client waits until the service is ready, and a shutdown loses no call. Start it with `pnpm production:health`.
import { setTimeout as delay } from 'node:timers/promises';
import { connect, defineService, serve } from 'grpc-iterables';
import { Health, ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { drain } from './drain.ts';
import { healthOf } from './health.ts';
import { untilServing } from './until-serving.ts';

const NAME = 'stream.ServerStream';

// #region server
const powers = defineService<ServerStreamHandlers>(ServerStream.service, {
  async *Pow({ number, count }) {
    for (let power = 0; power < count; power++) {
      yield { number: String(BigInt(number) ** BigInt(power)) };
      await delay(500);
    }
  },
});
const health = healthOf([powers]);
// The server will listen, but its data is not loaded yet.
health.set(NAME, 'NOT_SERVING');
const server = await serve([powers, health.service]);
// #endregion server

// #region watch
await using watcher = connect(Health, server.address);
const changes = watcher.watch({ service: NAME });
console.log(`health: ${(await changes.next()).value?.status}`);

async function printChanges(): Promise<void> {
  for await (const { status } of changes) console.log(`health: ${status}`);
  console.log('health: the stream has ended');
}
const watched = printChanges();
// #endregion watch
setTimeout(() => health.set(NAME, 'SERVING'), 300);

// #region client
await untilServing(watcher, NAME, { timeout: 10_000 });
await using client = connect(ServerStream, server.address);
const stream = client.pow({ number: 2, count: 4 });
console.log(`client: ${(await stream.next()).value?.number}`);
// #endregion client

// #region shutdown
console.log('server: shuts down');
const stopped = drain(server, health, 200);
await watched;
for await (const { number } of stream) console.log(`client: ${number}`);
// #endregion shutdown
await stopped;
console.log('server: has stopped, and no call was cut');
