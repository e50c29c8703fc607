// Limits: a client with too many calls, a call that takes too long, and too many messages. Start it with `pnpm production:limits`.
import { status } from '@grpc/grpc-js';
import { connect, defineService, StatusError, serve } from 'grpc-iterables';
import { BidirectionalStreamServer } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import { callsAtOnce } from './calls-at-once.ts';
import { connectionAge } from './connection-age.ts';
import { retryDelayOf } from './exhausted.ts';
import { longestCall } from './longest-call.ts';
import { messagesASecond } from './messages-a-second.ts';

const service = defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
  async *Sqrt(requests) {
    for await (const { number } of requests) yield { sqrt: Math.sqrt(number) };
  },
});
// #region server
const server = await serve([service], {
  middleware: [callsAtOnce(2), longestCall(2000), messagesASecond(5)],
  channelOptions: connectionAge(30 * 60_000),
});
// #endregion server
await using client = connect(BidirectionalStreamServer, server.address);

// #region client
/** Reads all responses, and prints what ended the call. */
async function printEnding(what: string, responses: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _ of responses);
    console.log(`${what}: complete`);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const wait = retryDelayOf(error);
    const advice = wait === undefined ? '' : `; try again in ${Math.ceil(wait / 1000)} s`;
    console.log(`${what}: ${status[error.code]}: ${error.details}${advice}`);
  }
}
// #endregion client

async function* oneAndSilence() {
  yield { number: 4 };
  await new Promise(() => {});
}
const open = [client.sqrt(oneAndSilence()), client.sqrt(oneAndSilence())];
for (const stream of open) await stream.next();
await printEnding('a third call', client.sqrt([{ number: 4 }]));
for (const stream of open) await printEnding('an open call', stream);
await printEnding('another call', client.sqrt([{ number: 4 }]));
const numbers = Array.from({ length: 100 }, (_, number) => ({ number }));
await printEnding('100 requests', client.sqrt(numbers));
await server.shutdown();
