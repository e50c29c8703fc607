import type { ConnectionOptions } from 'node:tls';
import * as grpc from '@grpc/grpc-js';
import { iterableClient, streamingChannelOptions } from './client.ts';
import type { IterableClient } from './types.ts';

/** A client class as grpc-js's loader and most code generators make it. */
export interface ClientClass<Client extends grpc.Client> {
  new (address: string, credentials: grpc.ChannelCredentials, options?: grpc.ClientOptions): Client;
  readonly service: grpc.ServiceDefinition;
}

export interface ConnectOptions {
  /** What Node's TLS client takes: `ca`, `cert`, `key` and so on. Default: plaintext. */
  tls?: ConnectionOptions;
}

/** The client of a service, with the connection it calls through. */
export type ConnectedClient<Client> = IterableClient<Client> & AsyncDisposable & { close(): Promise<void> };

/**
 * A client of the service at `address`, whose calls are async iterables and promises (see `IterableClient`).
 *
 * @example
 * await using client = connect(ServerStream, '127.0.0.1:8082');
 * for await (const { number } of client.pow({ number: 2 })) console.log(number);
 */
export function connect<Client extends grpc.Client>(
  clientClass: ClientClass<Client>,
  address: string,
  { tls }: ConnectOptions = {},
): ConnectedClient<Client> {
  const credentials = tls
    ? grpc.credentials.createSsl(
        tls.ca ? Buffer.from(String(tls.ca)) : null,
        tls.key ? Buffer.from(String(tls.key)) : null,
        tls.cert ? Buffer.from(String(tls.cert)) : null,
      )
    : grpc.credentials.createInsecure();
  const client = new clientClass(address, credentials, streamingChannelOptions);
  const close = async () => client.close();
  return Object.assign(iterableClient(client, clientClass.service), { close, [Symbol.asyncDispose]: close });
}
