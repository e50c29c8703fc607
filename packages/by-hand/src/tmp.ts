import { credentials } from '@grpc/grpc-js';
import { connect, iterableClient, streamingChannelOptions } from 'grpc-iterables';
import { ClientStream } from 'proto';
import { routes } from './handlers.ts';
import { serve } from './serve.ts';

const server = await serve(routes);
async function* nums(n: number) {
  for (let i = 0; i < n; i++) yield { data: i };
}
for (const which of ['connect', 'grpcjs', 'connect']) {
  const client =
    which === 'connect'
      ? connect(ClientStream, server.address)
      : iterableClient(
          new ClientStream(server.address, credentials.createInsecure(), streamingChannelOptions),
          ClientStream.service,
        );
  for (const n of [1000, 10000, 100000]) {
    const c = process.cpuUsage();
    const t = performance.now();
    await client.sum(nums(n));
    const u = process.cpuUsage(c);
    console.log(
      which,
      n,
      (performance.now() - t).toFixed(0),
      'ms',
      ((u.user + u.system) / 1000).toFixed(0),
      'cpu ms',
    );
  }
}
process.exit();
