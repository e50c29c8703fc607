// One of the servers of rolling-restart.ts. It reports each completed call to its parent, before the client gets the answer.
import { defineService, type Middleware, type ServerContext, serve } from 'grpc-iterables';
import { BidirectionalStreamServer, ClientStream, ServerStream } from 'proto';
import type { BidirectionalStreamServerHandlers } from 'proto/gen/stream/BidirectionalStreamServer';
import type { ClientStreamHandlers } from 'proto/gen/stream/ClientStream';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { drain } from '../../health/drain.ts';
import { healthOf } from '../../health/health.ts';

const [host = '127.0.0.1', port = '0'] = process.argv.slice(2);
const NOTICE = 300;

const report = (message: object) => new Promise((resolve) => process.send?.(message, resolve));

const recorded: Middleware<ServerContext> = async function* (call, next) {
  yield* next(call);
  const [id] = call.context.metadata.get('call');
  if (id !== undefined) await report({ completed: String(id), by: host });
};

const services = [
  defineService<ServerStreamHandlers>(ServerStream.service, {
    async *Pow({ number, count }) {
      for (let power = 0; power < count; power++) yield { number: Number(number) + power };
    },
  }),
  defineService<ClientStreamHandlers>(ClientStream.service, {
    async Sum(requests) {
      let sum = 0;
      for await (const { data } of requests) sum += Number(data);
      return { sum };
    },
  }),
  defineService<BidirectionalStreamServerHandlers>(BidirectionalStreamServer.service, {
    async *Sqrt(requests) {
      for await (const { number } of requests) yield { sqrt: Math.sqrt(number) };
    },
  }),
];
const health = healthOf(services);
const server = await serve([...services, health.service], {
  host,
  port: Number(port),
  middleware: [recorded],
});
process.on('disconnect', () => process.exit());
process.once('SIGTERM', async () => {
  await drain(server, health, NOTICE);
  process.disconnect();
});
await report({ port: server.port });
