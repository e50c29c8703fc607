import { connectivityState, Metadata, status } from '@grpc/grpc-js';
import { type Http2Channel, type Http2ChannelOptions, http2Channel } from 'http2-channel';
import { type Resolve, systemResolve } from './addresses.ts';
import { BalancedCall } from './balanced-call.ts';
import { type ServerSet, serverSet } from './server-set.ts';

export interface BalancedOptions extends Http2ChannelOptions {
  /** The service whose health decides: servers that say NOT_SERVING get no calls. Default: the server as a whole. */
  service?: string | undefined;
  /** How often names are looked up again, in milliseconds; also after each lost connection. Default: 30,000. */
  refresh?: number | undefined;
  /** Finds the IP addresses of a name. Default: as the system does. */
  resolve?: Resolve | undefined;
}

const { IDLE, CONNECTING, READY, TRANSIENT_FAILURE, SHUTDOWN } = connectivityState;
// Timers take no more (https://nodejs.org/docs/latest-v20.x/api/timers.html#settimeoutcallback-delay-args).
const LONGEST_TIMER = 2 ** 31 - 1;

/**
 * A channel over several servers: each call goes to the next one that is connected and healthy.
 *
 * It connects to all servers with the first call, and watches their health service (`grpc.health.v1`); a server without
 * one counts as healthy. Names are looked up again, and each of their IP addresses is a server. A server that is gone
 * from the names gets no new calls; its open calls continue. It keeps the process running until it is closed.
 *
 * @param targets `host:port`, `[::1]:port` or `unix:/path`
 * @throws TypeError for no target or another one, RangeError for an option that is out of range
 *
 * @example
 * await using client = connect(ServerStream, balanced(['10.0.0.1:8082', '10.0.0.2:8082']));
 */
export function balanced(targets: string[], options: BalancedOptions = {}): Http2Channel {
  const { service = '', refresh = 30_000, resolve = systemResolve, ...channelOptions } = options;
  check(targets, refresh, channelOptions);
  const target = targets.join(',');
  let servers: ServerSet | undefined;
  let closed = false;
  let turn = 0;

  function start(): ServerSet {
    servers ??= serverSet(targets, { service, refresh, resolve, channelOptions });
    return servers;
  }

  function pick(waitsForReady: boolean) {
    if (closed) return failure(status.CANCELLED, `the channel to ${target} was closed`);
    const { serving, hopeful, whyNone } = start();
    const choice = serving();
    const next = choice[turn++ % choice.length];
    if (next || hopeful() || waitsForReady) return next;
    return failure(status.UNAVAILABLE, `no server can take calls: ${whyNone()}`);
  }

  function stateNow(): connectivityState {
    if (closed) return SHUTDOWN;
    if (!servers) return IDLE;
    if (servers.serving().length > 0) return READY;
    return servers.hopeful() ? CONNECTING : TRANSIENT_FAILURE;
  }

  /** Calls back once `look` is true, with false after `timeout` milliseconds. Returns a function that stops that. */
  function onceTrue(look: () => boolean, timeout: number, callback: (isTrue: boolean) => void): () => void {
    const stop = () => {
      clearTimeout(timer);
      unsubscribe();
    };
    const finish = (isTrue: boolean) => {
      stop();
      callback(isTrue);
    };
    const timer = setTimeout(finish, Math.min(Math.max(timeout, 0), LONGEST_TIMER), false);
    const unsubscribe = start().subscribe(() => {
      if (look()) finish(true);
    });
    if (look()) finish(true);
    return stop;
  }

  return {
    createCall(method, deadline, host, parent, flags) {
      return new BalancedCall(Number(deadline), {
        target,
        pick,
        open: ({ channel, authority = null }) =>
          channel.createCall(method, deadline, host ?? authority, parent, flags),
        subscribe: (look) => start().subscribe(look),
      });
    },
    getTarget: () => target,
    getConnectivityState(tryToConnect) {
      if (tryToConnect && !closed) start();
      return stateNow();
    },
    watchConnectivityState(known, deadline, callback) {
      if (closed) throw new Error(`the channel to ${target} was closed`);
      const changed = () => stateNow() !== known;
      onceTrue(changed, Number(deadline) - Date.now(), (isTrue) => {
        const error = isTrue
          ? undefined
          : new Error('the deadline passed without a change of the connection');
        process.nextTick(callback, error);
      });
    },
    getChannelzRef() {
      throw new Error('this channel has no channelz');
    },
    ready({ timeout = Number.POSITIVE_INFINITY, signal } = {}) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const settle = () => {
          signal?.removeEventListener('abort', onAbort);
          if (stateNow() === READY) resolve();
          else reject(new Error(closed ? `the channel to ${target} was closed` : start().whyNone()));
        };
        const onAbort = () => {
          stop();
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', onAbort, { once: true });
        const stop = onceTrue(() => [READY, SHUTDOWN].includes(stateNow()), timeout, settle);
      });
    },
    async close() {
      closed = true;
      await servers?.close();
    },
  };
}

/** Checks addresses and options at once, and not at the first call. */
function check(targets: string[], refresh: number, channelOptions: Http2ChannelOptions): void {
  if (targets.length === 0) throw new TypeError('balanced() needs at least one address');
  if (!(refresh > 0 && refresh <= LONGEST_TIMER)) {
    throw new RangeError(`refresh is ${refresh}; it has to be above 0 and at most ${LONGEST_TIMER}`);
  }
  for (const address of targets) void http2Channel(address, channelOptions).close();
}

const failure = (code: status, details: string) => ({ code, details, metadata: new Metadata() });
