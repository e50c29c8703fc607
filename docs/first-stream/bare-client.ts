import { credentials, type ServiceError } from '@grpc/grpc-js';
import { Weather } from './weather.ts';

const city = process.argv[2] ?? 'Oslo';
const client = new Weather('127.0.0.1:50051', credentials.createInsecure());

function fail(error: ServiceError) {
  console.error(error.message);
  process.exitCode = 1;
}

client.Current({ city }, { deadline: Date.now() + 2000 }, async (error, reading) => {
  if (error) return fail(error);
  console.log(`now ${reading?.celsius} °C`);

  const call = client.Follow({ city });
  call.on('error', fail);
  let readings = 0;
  for await (const { celsius } of call) {
    console.log(`${celsius} °C`);
    if (++readings === 3) break;
  }
  client.close();
  console.log('left the loop, closed the client');
});
