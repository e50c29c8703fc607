import { once, setMaxListeners } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import * as grpc from '@grpc/grpc-js';
import { endOnSignals } from './end-on-signals.ts';
import { pipelineWrites } from './pipeline-writes.ts';
import type { Service } from './service.ts';
import { StatusError } from './status-error.ts';

export interface ServeOptions {
  /** Address to bind to; default 127.0.0.1. */
  host?: string;
  /** 0, the default, picks a free one. */
  port?: number;
  /** Certificate, key and so on, for TLS; with `requestCert` and `ca` for mutual TLS. Default: plaintext. */
  tls?: TlsOptions;
  /** Told of each connection that fails in its TLS handshake. Default: `console.error`. */
  onTlsError?: (error: Error) => void;
  /** Options of the grpc-js server, over those of `serverLimits`. */
  channelOptions?: grpc.ServerOptions;
  /** How long open calls may go on after `shutdown`, in milliseconds; default 5000. */
  gracePeriod?: number;
  /** Shut down on SIGINT and SIGTERM; a second signal ends the process at once. Default: no. */
  handleSignals?: boolean;
}

export interface RunningServer {
  /** The port that it really listens on. */
  readonly port: number;
  /** `host:port`, as a client takes it. */
  readonly address: string;
  /** Resolves when the server has shut down, whoever asked for it. */
  readonly closed: Promise<void>;
  /**
   * Takes no new calls, gives the open ones the grace period, then aborts their `signal` and ends them with
   * UNAVAILABLE. Resolves when the last connection is closed. Safe to call again.
   */
  shutdown(): Promise<void>;
}

/**
 * What one client may ask of a server that `serve` starts, and when it counts as gone. What is not here is as
 * grpc-js and Node have it: messages up to 4 MiB, headers up to 64 KiB, connections of any age.
 */
export const serverLimits: grpc.ServerOptions = {
  // Open calls in one connection; further ones wait in the client.
  'grpc.max_concurrent_streams': 1000,
  // A connection that has been silent this long is asked whether it is alive…
  'grpc.keepalive_time_ms': 30_000,
  // …and closed if no answer comes within this.
  'grpc.keepalive_timeout_ms': 10_000,
  // A connection without calls is closed after this; a client connects anew when it calls again.
  'grpc.max_connection_idle_ms': 600_000,
};

/** What a call that was aborted gets to send its status, in milliseconds, before connections are cut. */
const FLUSH_PERIOD = 1000;

const peerOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress}:${remotePort}`;

function listen({ tls, onTlsError = logTlsError }: ServeOptions, accept: (socket: Socket) => void): Server {
  if (!tls) return createServer(accept);
  const listener = createTlsServer({ ...tls, ALPNProtocols: ['h2'] }, accept);
  listener.on('tlsClientError', onTlsError);
  return listener;
}

function logTlsError(error: Error & { reason?: string }): void {
  // OpenSSL's message is a line of numbers; its reason is the text in it.
  console.error(`refused a connection, TLS failed: ${error.reason ?? error.message}`);
}

/**
 * Serves `services` until `shutdown`.
 *
 * It accepts the connections itself and injects them into the grpc-js server: that way it knows which one
 * broke, and a failure to listen comes as the plain Node error.
 *
 * @returns the running server, once it listens
 * @throws what `net.Server.listen` reports, EADDRINUSE for one
 */
export async function serve(services: Service[], options: ServeOptions = {}): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 0, gracePeriod = 5000, handleSignals = false } = options;
  const stopping = new AbortController();
  // Every open call listens.
  setMaxListeners(0, stopping.signal);
  const connections = new Map<string, Socket>();
  const server = new grpc.Server({
    ...serverLimits,
    ...options.channelOptions,
    interceptors: [pipelineWrites, ...(options.channelOptions?.interceptors ?? [])],
  });
  const life = {
    shutdown: stopping.signal,
    connection: (peer: string) => connections.get(peer),
  };
  for (const service of services) server.addService(service.definition, service.implement(life));

  // TLS, too, is ours: what is injected is what comes out of it.
  const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  const listener = listen(options, (socket) => {
    const peer = peerOf(socket);
    connections.set(peer, socket);
    socket.once('close', () => connections.delete(peer));
    injector.injectConnection(socket);
  });
  listener.listen(port, host);
  await once(listener, 'listening');

  async function close(): Promise<void> {
    const closed = once(listener, 'close');
    listener.close();
    const abortCalls = setTimeout(
      () => stopping.abort(new StatusError(grpc.status.UNAVAILABLE, 'the server is shutting down')),
      gracePeriod,
    );
    const cutConnections = setTimeout(() => {
      server.forceShutdown();
      for (const socket of connections.values()) socket.destroy();
    }, gracePeriod + FLUSH_PERIOD);
    await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
    await closed;
    clearTimeout(abortCalls);
    clearTimeout(cutConnections);
  }

  let announceClosed = () => {};
  const closed = new Promise<void>((resolve) => {
    announceClosed = resolve;
  });
  let closing: Promise<void> | undefined;
  function shutdown(): Promise<void> {
    closing ??= close().then(announceClosed);
    return closing;
  }
  if (handleSignals) endOnSignals(shutdown, closed);

  const bound = (listener.address() as AddressInfo).port;
  return { port: bound, address: `${host.includes(':') ? `[${host}]` : host}:${bound}`, closed, shutdown };
}
