import { status } from '@grpc/grpc-js';
import { connect, StatusError } from 'grpc-iterables';
import { Weather } from './weather.ts';

const city = process.argv[2] ?? 'Oslo';
await using client = connect(Weather, '127.0.0.1:50051');
try {
  const { celsius } = await client.current({ city }, { timeout: 2000 });
  console.log(`now ${celsius} °C`);

  let readings = 0;
  for await (const { celsius } of client.follow({ city })) {
    console.log(`${celsius} °C`);
    if (++readings === 3) break;
  }
} catch (error) {
  if (!(error instanceof StatusError)) throw error;
  console.error(`${status[error.code]}: ${error.details}`);
  process.exitCode = 1;
}
