import { status } from '@grpc/grpc-js';
import { defineService, StatusError, serve } from 'grpc-iterables';
import { ClientStream, type ClientStreamHandlers } from './contract.ts';

const service = defineService<ClientStreamHandlers>(ClientStream.service, {
  async Sum(requests) {
    let sum = 0n;
    for await (const { data } of requests) sum += BigInt(data);
    // This line runs only if the client has sent its last number.
    if (BigInt.asIntN(64, sum) !== sum) {
      throw new StatusError(status.OUT_OF_RANGE, `the sum ${sum} does not fit int64`);
    }
    return { sum: String(sum) };
  },
});

const server = await serve([service], { port: 9081, handleSignals: true });
console.log(`listening on ${server.address}`);
