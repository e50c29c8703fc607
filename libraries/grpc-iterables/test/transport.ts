// The channels of a client. The same tests run with each of them.
import * as grpc from '@grpc/grpc-js';
import {
  type ClientContext,
  connect,
  type IterableClient,
  iterableClient,
  type Middleware,
  streamingChannelOptions,
} from '../src/index.ts';
import { EchoClient, echoDefinition } from './echo-service.ts';

export interface ConnectedEcho {
  readonly client: IterableClient<EchoClient>;
  close(): void;
}
type Transport = (address: string) => ConnectedEcho;

/** Middleware of every client that `connectEcho` makes. */
export const everywhere: Middleware<ClientContext>[] = [];

export const http2Channel: Transport = (address) => {
  const client = connect(EchoClient, address, { middleware: everywhere });
  return { client, close: () => void client.close() };
};

export const grpcJsChannel: Transport = (address) => {
  const client = new EchoClient(address, grpc.credentials.createInsecure(), {
    ...streamingChannelOptions,
    // A port of an earlier test may be used again.
    'grpc.use_local_subchannel_pool': 1,
  });
  return { client: iterableClient(client, echoDefinition), close: () => client.close() };
};

// Child processes get it in their environment.
const GRPC_JS = 'GRPC_JS_CHANNEL';

/** Makes all tests of this process, and the processes that they start, call through grpc-js's own channel. */
export function useGrpcJsChannel(): void {
  process.env[GRPC_JS] = '1';
}

export function connectEcho(address: string): ConnectedEcho {
  return (process.env[GRPC_JS] ? grpcJsChannel : http2Channel)(address);
}
