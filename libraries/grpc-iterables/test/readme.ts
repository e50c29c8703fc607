// The code that the README shows, whole and running.
import { ClientStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import { connect, defineService, type Middleware, type ServerContext, serve } from '../src/index.ts';

// #region middleware
const logged: Middleware<ServerContext> = async function* (call, next) {
  let ending = 'complete';
  try {
    yield* next(call);
  } catch (error) {
    ending = String(error);
    throw error;
  } finally {
    console.log(`${call.method.path} ${call.context.peer} ${call.context.signal.reason ?? ending}`);
  }
};
// #endregion middleware

// #region server
const service = defineService<ClientStreamHandlers>(ClientStream.service, {
  async Sum(requests, { signal }) {
    let sum = 0n;
    signal.addEventListener('abort', () => console.log(`no sum: ${signal.reason.details}`));
    for await (const { data } of requests) sum += BigInt(data);
    return { sum: String(sum) };
  },
});
const server = await serve([service], { port: 8081, handleSignals: true, middleware: [logged] });
console.log(`listening on ${server.address}`);
// #endregion server

// #region client
await using client = connect(ClientStream, '127.0.0.1:8081');
async function* numbers() {
  for (let data = 0; data < 10; data++) yield { data };
}
const { sum } = await client.sum(numbers(), { timeout: 5000 });
console.log(`sum: ${sum}`);
// #endregion client

await server.shutdown();
process.exit();
