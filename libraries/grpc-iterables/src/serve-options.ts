import type { TlsOptions } from 'node:tls';
import type * as grpc from '@grpc/grpc-js';
import type { Middleware } from './middleware.ts';
import type { ServerContext } from './server-context.ts';

// #region options
/** Options of `serve`. Times are in milliseconds, sizes in bytes. */
export interface ServeOptions {
  /** The address to listen on. Default: 127.0.0.1. */
  host?: string;
  /** The port to listen on. Default: 0, which picks a free port. */
  port?: number;
  /** Options of Node's TLS server: `cert` and `key`. To check certificates of clients, also `ca` and `requestCert`. Default: no TLS. */
  tls?: TlsOptions;
  /** A client that takes longer for its TLS handshake is disconnected. Default: 20,000. */
  handshakeTimeout?: number;
  /** Called when the TLS handshake of a connection fails. Default: prints the reason with `console.error`. */
  onTlsError?: (error: Error) => void;
  /** Functions around every call (see "Middleware" in the README). The first one gets the call first. Default: none. */
  middleware?: Middleware<ServerContext>[];
  /** Options of the grpc-js server. They override `serverLimits`. */
  channelOptions?: grpc.ServerOptions;
  /** How many bytes of a call a client may send before the server reads them (HTTP/2's window). Default: 65,535. */
  window?: number;
  /** How long open calls may continue after `shutdown`. Default: 5,000. */
  gracePeriod?: number;
  /** Whether SIGINT and SIGTERM shut the server down. A second signal ends the process at once. Default: false. */
  handleSignals?: boolean;
}
// #endregion options

// Timers take no more: with more they end at once (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;
// What calls get to end after the grace period, and what grpc-js adds to an age, must fit into a timer as well.
const LONGEST = Math.floor(LONGEST_TIMER / 1.1);
const LARGEST_WINDOW = 2 ** 31 - 1;
const MOST_STREAMS = 2 ** 32 - 1;

/** Times of grpc-js's servers, in milliseconds. 2 ** 31 - 1 means: never. */
const TIMES = [
  'grpc.max_connection_age_ms',
  'grpc.max_connection_age_grace_ms',
  'grpc.max_connection_idle_ms',
  'grpc.keepalive_time_ms',
  'grpc.keepalive_timeout_ms',
] as const;

/**
 * Looks at options before the server starts. Some wrong ones would end connections at once, or the process with the
 * first call.
 *
 * @throws RangeError or TypeError, which names the option
 */
export function checkOptions(options: ServeOptions): void {
  const { host, port, gracePeriod, handshakeTimeout, window, channelOptions } = options;
  if (host === '') throw new TypeError('host is empty; "::" means all addresses of this machine');
  if (port !== undefined && typeof port !== 'number') throw new TypeError(`port is "${port}", not a number`);
  checkRange('gracePeriod', gracePeriod, 0, LONGEST);
  checkRange('handshakeTimeout', handshakeTimeout, 1, LONGEST);
  checkWhole('window', window, LARGEST_WINDOW);
  checkWhole('grpc.max_concurrent_streams', channelOptions?.['grpc.max_concurrent_streams'], MOST_STREAMS);
  for (const name of TIMES) {
    const time = channelOptions?.[name];
    if (time !== LONGEST_TIMER) checkRange(name, time, 0, LONGEST);
  }
}

function checkRange(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) return;
  throw new RangeError(`${name} is ${value}; it has to be a number from ${least} to ${most}`);
}

/** Numbers that go into the settings of a connection. For any other number Node throws with the first connection. */
function checkWhole(name: string, value: number | undefined, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= 1 && value <= most)) return;
  throw new RangeError(`${name} is ${value}; it has to be a whole number from 1 to ${most}`);
}
