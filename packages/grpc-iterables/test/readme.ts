// The code that the README shows, whole and running.
import { credentials } from '@grpc/grpc-js';
import { ClientStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import { defineService, iterableClient, serve, streamingChannelOptions } from '../src/index.ts';

// #region server
const service = defineService<ClientStreamHandlers>(ClientStream.service, {
  async Sum(requests, { signal }) {
    let sum = 0n;
    signal.addEventListener('abort', () => console.log(`no sum: ${signal.reason.details}`));
    for await (const { data } of requests) sum += BigInt(data);
    return { sum: String(sum) };
  },
});
const server = await serve([service], { port: 8081, handleSignals: true });
console.log(`listening on ${server.address}`);
// #endregion server

// #region client
const client = iterableClient(
  new ClientStream('127.0.0.1:8081', credentials.createInsecure(), streamingChannelOptions),
  ClientStream.service,
);
async function* numbers() {
  for (let data = 0; data < 10; data++) yield { data };
}
const { sum } = await client.sum(numbers(), { timeout: 5000 });
console.log(`sum: ${sum}`);
// #endregion client

await server.shutdown();
process.exit();
