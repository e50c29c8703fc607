// The code that the README shows.
import { connect } from 'grpc-iterables';
import { ServerStream } from 'proto';
import { balanced } from './balanced.ts';
import { renewed } from './renewed.ts';

// #region client
const channel = balanced(['orders.internal:8082'], { service: 'stream.ServerStream' });
await using client = connect(ServerStream, channel);
for await (const { number } of client.pow({ number: 2 })) console.log(number);
// #endregion client

// #region renewed
/** All numbers from 1 on; the service continues after the last one that was received. */
const numbers = renewed(
  (last: { number: string } | undefined, signal) =>
    client.pow({ number: Number(last?.number ?? 0) + 1 }, { signal }),
  10 * 60_000,
);
for await (const { number } of numbers) console.log(number);
// #endregion renewed
