import { type EventEmitter, once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import * as grpc from '@grpc/grpc-js';
import { endOnSignals } from './end-on-signals.ts';
import { createListener } from './listen.ts';
import { ignoreLongTimeouts } from './long-timeouts.ts';
import { onAbort } from './on-abort.ts';
import { pipelineWrites } from './pipeline-writes.ts';
import { harmless } from './report.ts';
import { checkOptions, type ServeOptions } from './serve-options.ts';
import { widenWindows } from './server-window.ts';
import type { Service } from './service.ts';
import { StatusError } from './status-error.ts';

// #region running
/** A server that listens. */
export interface RunningServer {
  /** The port on which it listens. */
  readonly port: number;
  /** `host:port`: the address for `connect`. */
  readonly address: string;
  /** Resolves when the server has shut down, by `shutdown` or by a signal. */
  readonly closed: Promise<void>;
  /**
   * Accepts no new calls, and lets the open calls continue for the grace period at most. Then it aborts their `signal` and ends
   * them with UNAVAILABLE. Resolves when the last connection is closed. A second call returns the same promise.
   */
  shutdown(): Promise<void>;
}
// #endregion running

/**
 * The limits for each client of a server that `serve` starts, and when a client counts as gone. Other limits are the defaults of
 * grpc-js and Node: messages up to 4 MiB, headers up to 64 KiB, connections of any age.
 */
export const serverLimits: grpc.ServerOptions = {
  // Open calls in one connection. Further calls wait in the client.
  'grpc.max_concurrent_streams': 1000,
  // A connection that was silent for this long gets a PING.
  'grpc.keepalive_time_ms': 30_000,
  // If no answer comes within this time, the connection is closed.
  'grpc.keepalive_timeout_ms': 10_000,
  // A connection without calls is closed after this time. The client connects again for its next call.
  'grpc.max_connection_idle_ms': 600_000,
  // Off: these statistics cost time for every message, and only grpc-js's channelz service reads them.
  'grpc.enable_channelz': 0,
};

/** The time in which aborted calls can send their status before connections are cut, in milliseconds. */
const FLUSH_PERIOD = 1000;

function logTlsError(error: Error & { reason?: string }): void {
  // OpenSSL's message is a line of numbers. Its reason is a text.
  console.error(`refused a connection, TLS failed: ${error.reason ?? error.message}`);
}

// grpc-js shortens each age by up to a tenth, so that not all connections end at once.
const AGE_JITTER = 0.1;

/** The age at which the server may end a connection, in milliseconds. */
function largestAge({ channelOptions }: ServeOptions): number {
  const age = channelOptions?.['grpc.max_connection_age_ms'] ?? Number.POSITIVE_INFINITY;
  return age * (1 - AGE_JITTER);
}

/** The HTTP/2 servers of a grpc-js server. They are in a private field. */
function http2ServersOf(server: grpc.Server): Iterable<EventEmitter> {
  return (server as unknown as { http2Servers?: Map<EventEmitter, unknown> }).http2Servers?.keys() ?? [];
}

/**
 * Serves `services` until `shutdown`.
 *
 * It accepts the connections itself and injects them into the grpc-js server. So it knows which connection broke, and if it
 * cannot listen, it throws the plain Node error.
 *
 * @returns the running server, when it listens
 * @throws the error of `net.Server.listen`, for example EADDRINUSE; RangeError or TypeError for an option that cannot be used
 */
export async function serve(services: Service[], options: ServeOptions = {}): Promise<RunningServer> {
  checkOptions(options);
  const { host = '127.0.0.1', port = 0, gracePeriod = 5000, handleSignals = false } = options;
  const { tls, handshakeTimeout = 20_000, onTlsError = logTlsError } = options;
  const stopping = new AbortController();
  // Keeps the listener of `onAbort`. Otherwise each call that is open alone would add and remove it.
  onAbort(stopping.signal, () => {});
  const server = new grpc.Server({
    ...serverLimits,
    ...options.channelOptions,
    interceptors: [pipelineWrites, ...(options.channelOptions?.interceptors ?? [])],
  });
  // The listener below does TLS, so the connections that it injects are plaintext.
  const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  for (const http2Server of http2ServersOf(server)) {
    ignoreLongTimeouts(http2Server);
    widenWindows(http2Server, options.window);
  }
  const listener = createListener(
    { tls, handshakeTimeout, onTlsError: harmless('onTlsError', onTlsError) },
    (socket) => injector.injectConnection(socket),
  );
  const begun = new WeakMap<Socket, number>();
  listener.server.on(options.tls ? 'secureConnection' : 'connection', (socket) =>
    begun.set(socket, Date.now()),
  );
  const life = {
    shutdown: stopping.signal,
    connection: listener.connection,
    isOld: (connection: Socket) => Date.now() - (begun.get(connection) ?? 0) >= largestAge(options),
  };
  for (const service of services)
    server.addService(service.definition, service.implement(life, options.middleware));

  listener.server.listen(port, host);
  await once(listener.server, 'listening');
  // A connection that cannot be accepted, for example without a free file descriptor, must not affect the others.
  listener.server.on('error', (error) => console.error(`cannot accept a connection: ${error.message}`));

  async function close(): Promise<void> {
    const closed = new Promise((resolve) => listener.server.close(resolve));
    listener.dropUnfinished();
    const abortCalls = setTimeout(
      () => stopping.abort(new StatusError(grpc.status.UNAVAILABLE, 'the server is shutting down')),
      gracePeriod,
    );
    const cutConnections = setTimeout(() => {
      server.forceShutdown();
      listener.dropAll();
    }, gracePeriod + FLUSH_PERIOD);
    // Its callback may never come while a connection is being dropped. `closed` waits for the last connection.
    server.tryShutdown(() => {});
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

  const bound = (listener.server.address() as AddressInfo).port;
  return { port: bound, address: `${host.includes(':') ? `[${host}]` : host}:${bound}`, closed, shutdown };
}
