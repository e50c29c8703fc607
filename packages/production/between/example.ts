// The code that the README shows.
import { connect, defineService, type Service } from 'grpc-iterables';
import { ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { withBeats, withoutBeats } from './heartbeat.ts';

async function* prices() {
  yield { number: 7 };
}

// #region server
/** No price is 0, so a 0 can be the beat. */
const BEAT = { number: 0 };

export const service: Service = defineService<ServerStreamHandlers>(ServerStream.service, {
  Pow: () => withBeats(prices(), 15_000, BEAT),
});
// #endregion server

// #region client
await using client = connect(ServerStream, '127.0.0.1:8082');
const isBeat = ({ number }: { number: string }) => number === '0';
for await (const { number } of withoutBeats(client.pow({}), isBeat, 45_000)) console.log(number);
// #endregion client
