// Between: a load balancer cuts what is silent for a second, and beats keep a stream open. Start it with `pnpm production:between`.
import { once } from 'node:events';
import { type AddressInfo, connect as connectTcp, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { connect, defineService, StatusError, serve } from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { withBeats, withoutBeats } from './heartbeat.ts';

async function* prices() {
  yield { number: 7 };
  await delay(2000);
  yield { number: 8 };
}

// #region server
/** No price is 0, so a 0 can be the beat. */
const BEAT = { number: 0 };

const service = defineService<ServerStreamHandlers>(ServerStream.service, {
  // The demo shows both ways: it sends beats only if `count` is 1.
  Pow: ({ count }) => (count === 1 ? withBeats(prices(), 200, BEAT) : prices()),
});
const server = await serve([service]);
// #endregion server

const balancer = createServer((client) => {
  const onward = connectTcp(server.port, '127.0.0.1');
  client.pipe(onward).pipe(client);
  client.setTimeout(1000, () => client.destroy());
  for (const [socket, other] of [
    [client, onward],
    [onward, client],
  ] as const)
    socket.on('error', () => {}).on('close', () => other.destroy());
}).listen(0, '127.0.0.1');
await once(balancer, 'listening');
const address = `127.0.0.1:${(balancer.address() as AddressInfo).port}`;

// #region client
const isBeat = ({ number }: { number: string }) => number === '0';

/** Prints each price. If neither a price nor a beat comes for 5 s, the server is gone or cannot be reached. */
async function follow(what: string, count: number): Promise<void> {
  await using client = connect(ServerStream, address);
  try {
    for await (const { number } of withoutBeats(client.pow({ count }), isBeat, 5000))
      console.log(`${what}: ${number}`);
    console.log(`${what}: complete`);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    console.log(`${what}: ${status[error.code]}: ${error.details}`);
  }
}
// #endregion client
await follow('without beats', 0);
await follow('with beats', 1);
balancer.close();
await server.shutdown();
