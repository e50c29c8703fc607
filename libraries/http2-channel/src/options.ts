import { type ConnectionOptions, createSecureContext } from 'node:tls';
import type { CallCredentials } from '@grpc/grpc-js';
import { reasonOf } from './reason.ts';

// #region options
/** Options of a channel. Times are in milliseconds, sizes in bytes. */
export interface Http2ChannelOptions {
  /** Options of Node's TLS client: `ca`, `cert`, `key`, `servername` and so on. Default: no TLS. */
  tls?: ConnectionOptions | undefined;
  /** grpc-js's call credentials, added to each call. With them, calls to another machine without TLS are refused. Default: none. */
  callCredentials?: CallCredentials | undefined;
  /** How long one attempt to connect may take. Default: 20,000. */
  connectTimeout?: number | undefined;
  /** How long to wait after a failed attempt. It grows from `first` to `longest`. Default: 1,000 and 120,000. */
  backoff?: { first?: number | undefined; longest?: number | undefined } | undefined;
  /**
   * While a call is open, the channel sends a PING frame each `interval`. If nothing comes from the server within
   * `timeout`, the connection counts as lost. Default: 300,000 and 20,000.
   *
   * Many servers refuse shorter intervals. Those in Go, C++ and Python accept one PING in 5 minutes by default.
   */
  keepalive?: { interval?: number | undefined; timeout?: number | undefined } | undefined;
  /** How many bytes of a call the server may send before they are read (HTTP/2's stream window). Default: 262,144. */
  window?: number | undefined;
  /** The largest response. Default: 4 MiB. */
  maxReceiveMessageLength?: number | undefined;
  /** The largest request. Default: no limit. */
  maxSendMessageLength?: number | undefined;
  /** How requests are compressed. Default: not at all. Compressed responses are always accepted. */
  compression?: 'gzip' | 'deflate' | undefined;
}
// #endregion options

/** The options with all defaults filled in. */
export interface Settings {
  readonly tls: ConnectionOptions | undefined;
  readonly callCredentials: CallCredentials | undefined;
  readonly connectTimeout: number;
  readonly backoff: { readonly first: number; readonly longest: number };
  readonly keepalive: { readonly interval: number; readonly timeout: number };
  readonly window: number;
  readonly maxReceiveMessageLength: number;
  readonly maxSendMessageLength: number;
  readonly compression: 'gzip' | 'deflate' | undefined;
}

const MINUTE = 60_000;
const LARGEST_WINDOW = 2 ** 31 - 1;

/**
 * Fills in the defaults.
 *
 * @throws RangeError for a number that is out of range, TypeError for any other wrong value. Both name the option
 */
export function settingsOf(options: Http2ChannelOptions): Settings {
  const { backoff, keepalive } = options;
  return {
    tls: options.tls && withContext(options.tls),
    callCredentials: options.callCredentials,
    connectTimeout: positive('connectTimeout', options.connectTimeout, 20_000),
    backoff: {
      first: positive('backoff.first', backoff?.first, 1000),
      longest: positive('backoff.longest', backoff?.longest, 2 * MINUTE),
    },
    keepalive: {
      interval: positive('keepalive.interval', keepalive?.interval, 5 * MINUTE),
      timeout: positive('keepalive.timeout', keepalive?.timeout, 20_000),
    },
    window: wholeWindow(options.window),
    maxReceiveMessageLength: positive(
      'maxReceiveMessageLength',
      options.maxReceiveMessageLength,
      4 * 1024 * 1024,
      Number.POSITIVE_INFINITY,
    ),
    maxSendMessageLength: positive(
      'maxSendMessageLength',
      options.maxSendMessageLength,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ),
    compression: knownCompression(options.compression),
  };
}

/** Reads certificates and keys once. So a wrong one is noticed here, and not at the first call. */
function withContext(tls: ConnectionOptions): ConnectionOptions {
  try {
    return { ...tls, secureContext: tls.secureContext ?? createSecureContext(tls) };
  } catch (error) {
    throw new TypeError(`the options in tls cannot be used: ${reasonOf(error)}`, { cause: error });
  }
}

function knownCompression(compression: Http2ChannelOptions['compression']) {
  if (compression === undefined || compression === 'gzip' || compression === 'deflate') return compression;
  throw new TypeError(`compression is "${compression}"; it must be "gzip" or "deflate"`);
}

/** Node throws for a part of a byte, but only when it has connected, where no `catch` can handle it. */
function wholeWindow(window = 256 * 1024): number {
  if (Number.isInteger(window) && window > 0 && window <= LARGEST_WINDOW) return window;
  throw new RangeError(`window is ${window}; it must be a whole number from 1 to ${LARGEST_WINDOW}`);
}

// The longest time of a timer (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;

function positive(name: string, value: number | undefined, byDefault: number, most = LONGEST_TIMER): number {
  const number = value ?? byDefault;
  if (number > 0 && number <= most) return number;
  throw new RangeError(`${name} is ${value}; it must be above 0 and at most ${most}`);
}
