import { status } from '@grpc/grpc-js';
import { connect, StatusError } from 'grpc-iterables';
import { ClientStream } from './contract.ts';

async function* numbers() {
  for (let data = 1; data <= 10; data++) yield { data };
}

await using client = connect(ClientStream, '127.0.0.1:9081');
try {
  const { sum } = await client.sum(numbers(), { timeout: 5000 });
  console.log(`sum: ${sum}`);
} catch (error) {
  if (!(error instanceof StatusError)) throw error;
  console.error(`${status[error.code]}: ${error.details}`);
}
