// The code that the README shows.
import { connect } from 'grpc-iterables';
import { ClientStream, ServerStream } from 'proto';
import { retryBudget } from './budget.ts';
import { repeatable } from './repeatable.ts';
import { retrying } from './retrying.ts';

const address = '127.0.0.1:8082';

// #region client
const budget = retryBudget();
const retry = retrying(['/stream.ServerStream/Pow', '/stream.ClientStream/Sum'], { budget });
await using powers = connect(ServerStream, address, { middleware: [retry] });
for await (const { number } of powers.pow({ number: 2 }, { timeout: 10_000 })) console.log(number);
// #endregion client

await using sums = connect(ClientStream, address, { middleware: [retry] });
// #region repeatable
const numbers = repeatable(function* () {
  for (let data = 1; data <= 3; data++) yield { data };
});
console.log(await sums.sum(numbers));
// #endregion repeatable
