import type * as grpc from '@grpc/grpc-js';
import { type Http2Channel, type Http2ChannelOptions, http2Channel } from 'http2-channel';
import { type ClientContext, clientMethods } from './client-methods.ts';
import type { Middleware } from './middleware.ts';
import type { IterableClient } from './types.ts';

/** A client class as grpc-js's loader and most code generators make it. */
export interface ClientClass<Client extends grpc.Client> {
  new (address: string, credentials: grpc.ChannelCredentials, options?: grpc.ClientOptions): Client;
  readonly service: grpc.ServiceDefinition;
}

/** TLS, keepalive and limits of the connection (see http2-channel), and what goes around each call. */
export interface ConnectOptions extends Http2ChannelOptions {
  /** The first is the outermost. Default: none, which costs nothing. */
  middleware?: Middleware<ClientContext>[] | undefined;
}

/** The client of a service, with the channel that it calls through. */
export type ConnectedClient<Client> = IterableClient<Client> &
  AsyncDisposable & {
    readonly channel: Http2Channel;
    /** Takes no new calls; resolves when those that are open have ended. */
    close(): Promise<void>;
  };

/**
 * A client of the service at `address`, whose calls are async iterables and promises.
 *
 * | call | method |
 * | --- | --- |
 * | unary | `(request, options?) => Promise<response>` |
 * | server streaming | `(request, options?) => AsyncIterableIterator<response>` |
 * | client streaming | `(requests, options?) => Promise<response>` |
 * | bidirectional | `(requests, options?) => AsyncIterableIterator<response>` |
 *
 * It connects with the first call. A stream of responses starts with its first read, and leaving its loop cancels the
 * call. Every failure is a StatusError, but for three: what the caller's own `requests` or callbacks throw comes back
 * as it is, requests that are not iterable are a TypeError, and a deadline that is not a time is a RangeError.
 *
 * @param clientClass a generated client class, which knows its service
 * @param address `host:port`, `[::1]:port`, `dns:host:port` or `unix:/path`; or a channel, which is used as it is, and
 * which `close()` closes. Clients can share it. The options of a connection are then the channel's own.
 * @throws TypeError for another address, RangeError for an option that is out of range
 *
 * @example
 * await using client = connect(ServerStream, '127.0.0.1:8082');
 * for await (const { number } of client.pow({ number: 2 })) console.log(number);
 */
export function connect<Client extends grpc.Client>(
  clientClass: ClientClass<Client>,
  address: string,
  options?: ConnectOptions,
): ConnectedClient<Client>;
export function connect<Client extends grpc.Client>(
  clientClass: ClientClass<Client>,
  channel: Http2Channel,
  options?: Pick<ConnectOptions, 'middleware'>,
): ConnectedClient<Client>;
export function connect<Client extends grpc.Client>(
  clientClass: ClientClass<Client>,
  target: string | Http2Channel,
  { middleware, ...options }: ConnectOptions = {},
): ConnectedClient<Client> {
  const channel = typeof target === 'string' ? http2Channel(target, options) : target;
  const close = () => channel.close();
  // A service's own method of such a name has the capital letter left.
  return Object.assign(clientMethods<Client>(channel, clientClass.service, middleware), {
    channel,
    close,
    [Symbol.asyncDispose]: close,
  });
}
