import type { ServeOptions } from './serve.ts';

// Timers take no more: with more they end at once (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;
// What calls get to end after the grace period, and what grpc-js adds to an age, must fit into a timer as well.
const LONGEST = Math.floor(LONGEST_TIMER / 1.1);
const LARGEST_WINDOW = 2 ** 31 - 1;

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
  checkRange('window', window, 1, LARGEST_WINDOW);
  for (const name of TIMES) {
    const time = channelOptions?.[name];
    if (time !== LONGEST_TIMER) checkRange(name, time, 0, LONGEST);
  }
}

function checkRange(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (typeof value === 'number' && value >= least && value <= most)) return;
  throw new RangeError(`${name} is ${value}; it has to be a number from ${least} to ${most}`);
}
