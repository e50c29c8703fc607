import type * as grpc from '@grpc/grpc-js';
import { type Http2Channel, type Http2ChannelOptions, http2Channel } from 'http2-channel';
import { type ClientContext, clientMethods } from './client-methods.ts';
import type { Middleware } from './middleware.ts';
import type { IterableClient } from './types.ts';

/** A client class of grpc-js's loader or of a code generator. */
export interface ClientClass<Client extends grpc.Client> {
  new (address: string, credentials: grpc.ChannelCredentials, options?: grpc.ClientOptions): Client;
  readonly service: grpc.ServiceDefinition;
}

/** Options of the connection (see http2-channel), and middleware. */
export interface ConnectOptions extends Http2ChannelOptions {
  /** Functions around every call. The first one is the outermost. Default: none. */
  middleware?: Middleware<ClientContext>[] | undefined;
}

/** The client of a service, with its channel. */
export type ConnectedClient<Client> = IterableClient<Client> &
  AsyncDisposable & {
    readonly channel: Http2Channel;
    /** Accepts no new calls. Resolves when the open calls have ended. */
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
 * It connects with the first call. A stream of responses starts with its first read. Leaving its loop cancels the call. A call
 * that fails throws a StatusError, with three exceptions: an error of the caller's own `requests` or callbacks is thrown as
 * it is, requests that are not iterable are a TypeError, and a deadline that is not a time is a RangeError.
 *
 * @param clientClass a generated client class
 * @param address `host:port`, `[::1]:port`, `dns:host:port` or `unix:/path`; or a channel, which several clients can share.
 * A channel has its own options, and `close()` closes it.
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
  // An address from a variable of the environment may be missing.
  if (typeof channel?.createCall !== 'function')
    throw new TypeError(`connect() needs an address or a channel, not ${target}`);
  const close = () => channel.close();
  // A method of the service with one of these names can still be called with a capital letter.
  return Object.assign(clientMethods<Client>(channel, clientClass.service, middleware), {
    channel,
    close,
    [Symbol.asyncDispose]: close,
  });
}
