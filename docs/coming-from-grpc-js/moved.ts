// A service and a client of ../coming-from-grpc-js.md in the middle of the move: one method uses grpc-iterables already.
import { credentials, Server } from '@grpc/grpc-js';
import { defineService, iterableClient, pipelineWrites, streamingChannelOptions } from 'grpc-iterables';
import { Greetering } from 'proto';
import type { GreeteringHandlers } from 'proto/gen/proto/Greetering';
import { bareHandlers } from './bare-service.ts';

// #region server
const { GreetEach, ...others } = Greetering.service;

const moved = defineService<Pick<GreeteringHandlers, 'GreetEach'>>(
  { GreetEach },
  {
    async GreetEach(requests) {
      const names: string[] = [];
      for await (const { name } of requests) names.push(name);
      return { msg: `Hello, ${names.join(' and ')}!` };
    },
  },
);

export function makeServer(): Server {
  const server = new Server({ interceptors: [pipelineWrites] });
  server.addService(others, bareHandlers);
  server.addService(moved.definition, moved.implement());
  return server;
}
// #endregion server

/** A client of grpc-js, and the same client with the calls of grpc-iterables. */
export function makeClients(address: string) {
  // #region client
  const bare = new Greetering(address, credentials.createInsecure(), streamingChannelOptions);
  const client = iterableClient(bare, Greetering.service);
  // #endregion client
  return { bare, client };
}
