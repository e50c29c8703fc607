// Servers and clients for the traps, on a free port: with grpc-js alone, and with grpc-iterables. They close at the end of
// their block.
import * as grpc from '@grpc/grpc-js';
import { connect, defineService, type IterableHandlers, serve } from 'grpc-iterables';
import { Stress } from 'proto';
import type { StressHandlers } from 'proto/gen/stress/Stress';

type BareHandlers = Partial<StressHandlers>;
type OurHandlers = Partial<IterableHandlers<StressHandlers>>;

const unused = () => {
  throw new Error('this trap does not use it');
};

/** A grpc-js server and client, as tutorials start them. */
export async function startBare(handlers: BareHandlers) {
  const server = new grpc.Server();
  server.addService(Stress.service, {
    Unary: unused,
    Download: unused,
    Upload: unused,
    Exchange: unused,
    ...handlers,
  } as StressHandlers);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const address = `127.0.0.1:${port}`;
  const client = new Stress(address, grpc.credentials.createInsecure());
  return {
    server,
    client,
    address,
    async [Symbol.asyncDispose]() {
      client.close();
      server.forceShutdown();
    },
  };
}

/** A server and a client of grpc-iterables. */
export async function startOurs(handlers: OurHandlers, { gracePeriod = 0 } = {}) {
  const all = { Unary: unused, Download: unused, Upload: unused, Exchange: unused, ...handlers };
  // Some handlers throw on purpose, so nothing is printed.
  const onError = () => {};
  const service = defineService<StressHandlers>(Stress.service, all as IterableHandlers<StressHandlers>, {
    onError,
  });
  const server = await serve([service], { gracePeriod });
  const client = connect(Stress, server.address);
  return {
    server,
    client,
    address: server.address,
    async [Symbol.asyncDispose]() {
      void client.close();
      await server.shutdown();
    },
  };
}
