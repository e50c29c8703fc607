// Retry: a call that fails twice and then succeeds, and a stream that is not made again. Start it with `pnpm production:retry`.
import { status } from '@grpc/grpc-js';
import { connect, defineService, type ServerContext, StatusError, serve } from 'grpc-iterables';
import { ClientStream, ServerStream } from 'proto';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { retryBudget } from './budget.ts';
import { repeatable } from './repeatable.ts';
import { retrying } from './retrying.ts';

/** Prints the attempt, and fails if it is one of the first. */
function begin(method: string, { metadata }: ServerContext, failures: number): void {
  const [before = 0] = metadata.get('grpc-previous-rpc-attempts');
  console.log(`server: ${method}, attempt ${Number(before) + 1}`);
  if (Number(before) < failures) throw new StatusError(status.UNAVAILABLE, 'the database cannot be reached');
}

const services = [
  defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number, count }, context) {
      begin('Pow', context, count === 1 ? 0 : 2);
      yield { number: 1 };
      if (count === 1) throw new StatusError(status.UNAVAILABLE, 'the database cannot be reached');
      yield { number };
    },
  }),
  defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests, context) {
      begin('Sum', context, 1);
      let sum = 0;
      for await (const { data } of requests) sum += Number(data);
      return { sum };
    },
  }),
];
const { address, shutdown } = await serve(services);

// #region client
const budget = retryBudget();
const retry = retrying(['/stream.ServerStream/Pow', '/stream.ClientStream/Sum'], { budget });
await using powers = connect(ServerStream, address, { middleware: [retry] });
for await (const { number } of powers.pow({ number: 2 }, { timeout: 10_000 }))
  console.log(`client: ${number}`);
// #endregion client

await using sums = connect(ClientStream, address, { middleware: [retry] });
// #region repeatable
const numbers = repeatable(function* () {
  for (let data = 1; data <= 3; data++) yield { data };
});
const { sum } = await sums.sum(numbers);
// #endregion repeatable
console.log(`client: the sum is ${sum}`);

try {
  for await (const { number } of powers.pow({ number: 2, count: 1 })) console.log(`client: ${number}`);
} catch (error) {
  if (!(error instanceof StatusError)) throw error;
  console.log(`client: ${status[error.code]}: ${error.details}`);
}
await shutdown();
