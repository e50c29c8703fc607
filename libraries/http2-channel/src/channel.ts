import { type ChannelInterface, connectivityState, status } from '@grpc/grpc-js';
import { parseAddresses } from './address.ts';
import { backoff } from './backoff.ts';
import { type CallChannel, ChannelCall } from './call.ts';
import { type Connection, openFirst } from './connection.ts';
import { atDeadline } from './deadline.ts';
import { statusOf } from './ending.ts';
import { type Http2ChannelOptions, settingsOf } from './options.ts';
import { stateWatch } from './state-watch.ts';

// #region channel
/** A grpc-js channel with two promises: until it is connected, and until it is closed. */
export interface Http2Channel extends ChannelInterface {
  /**
   * Connects if there is no connection, and resolves when there is one.
   *
   * @throws Error with the reason of the last failed attempt after `timeout` milliseconds (default: no limit), or the
   * reason of `signal` when it aborts
   */
  ready(options?: { timeout?: number | undefined; signal?: AbortSignal | undefined }): Promise<void>;
  /** Accepts no new calls. Resolves when the open calls have ended and the connections are closed. */
  close(): Promise<void>;
}
// #endregion channel

const USER_AGENT = `grpc-node-http2-channel/0.1.0 node/${process.versions.node}`;
const ALL = 0xffff;
const LONGEST_TIMER = 2 ** 31 - 1;
const { IDLE, CONNECTING, READY, TRANSIENT_FAILURE, SHUTDOWN } = connectivityState;

/**
 * A channel for any grpc-js client. It uses one HTTP/2 connection at a time.
 *
 * It connects with the first call, and again after the connection is lost or the server has sent GOAWAY.
 *
 * @param target `host:port`, `[::1]:port`, `dns:host:port`, `unix:/path`, or `ipv4:` and several addresses with commas
 * between them, which are tried in this order
 * @throws TypeError for any other target, RangeError for an option that is out of range
 *
 * @example
 * const client = new Greeter('', credentials.createInsecure(), { channelOverride: http2Channel('localhost:50051') });
 */
export function http2Channel(target: string, options: Http2ChannelOptions = {}): Http2Channel {
  const addresses = parseAddresses(target);
  const settings = settingsOf(options);
  const pause = backoff(settings.backoff);
  const watch = stateWatch(stayAlive);
  /** Calls that wait for a connection or for room in it. */
  const waiting = new Set<ChannelCall>();
  /** All open connections. New calls use the current one. The others close after their last call. */
  const connections = new Set<Connection>();
  let current: Connection | undefined;
  let attempt: AbortController | undefined;
  let pausing: NodeJS.Timeout | undefined;
  let lastFailure = '';
  let pingInterval = settings.keepalive.interval;
  let calls = 0;
  let open = 0;
  let closing = false;
  let onceClosed = () => {};
  const closed = new Promise<void>((resolve) => {
    onceClosed = resolve;
  });
  const running = setInterval(() => {}, LONGEST_TIMER).unref();

  /** Keeps the process alive while somebody waits, also for `close`. An attempt to connect alone does not keep it alive. */
  function stayAlive(): void {
    if (closing || waiting.size + watch.size > 0) running.ref();
    else running.unref();
  }

  function connectIfIdle(): void {
    if (!current && !attempt && !pausing) void connect();
  }

  async function connect(): Promise<void> {
    attempt = new AbortController();
    watch.set(CONNECTING);
    try {
      const connection: Connection = await openFirst(addresses, settings, pingInterval, attempt.signal, {
        onRoom: serveWaiting,
        onUnusable: () => lose(connection),
        onClosed() {
          connections.delete(connection);
          finishClosing();
        },
        onTooManyPings() {
          pingInterval = Math.min(pingInterval * 2, LONGEST_TIMER);
        },
      });
      connections.add(connection);
      current = connection;
      attempt = undefined;
      lastFailure = '';
      pause.reset();
      watch.set(READY);
      serveWaiting();
      finishClosing();
    } catch (error) {
      attempt = undefined;
      onFailure((error as Error).message);
    }
  }

  function onFailure(reason: string): void {
    lastFailure = reason;
    pausing = setTimeout(() => {
      pausing = undefined;
      watch.set(IDLE);
      if (waiting.size > 0) connectIfIdle();
    }, pause.next()).unref();
    watch.set(TRANSIENT_FAILURE);
    for (const call of waiting) if (!call.waitsForReady) call.fail(unavailable());
    finishClosing();
  }

  function lose(connection: Connection): void {
    if (current !== connection) return;
    current = undefined;
    // Without a pause it would connect again and again to a server that accepts no calls.
    if (waiting.size > 0 && !connection.used) {
      onFailure(connection.lost ?? 'the server closed it');
      return;
    }
    watch.set(IDLE);
    if (waiting.size > 0) connectIfIdle();
  }

  function serveWaiting(): void {
    for (const call of waiting) {
      if (!current?.hasRoom) return;
      stopWaiting(call);
      call.run(current);
    }
  }

  function stopWaiting(call: ChannelCall): void {
    if (waiting.delete(call)) stayAlive();
  }

  function unavailable() {
    return statusOf(status.UNAVAILABLE, `no connection to ${target}: ${lastFailure}`);
  }

  const callChannel: CallChannel = {
    target,
    scheme: settings.tls ? 'https' : 'http',
    authority: addresses[0].authority,
    userAgent: USER_AGENT,
    compression: settings.compression,
    maxReceiveMessageLength: settings.maxReceiveMessageLength,
    maxSendMessageLength: settings.maxSendMessageLength,
    callCredentials: settings.callCredentials,
    confidential: settings.tls !== undefined || addresses.every(({ local }) => local),
    enter(call) {
      open++;
      if (closing) call.fail(statusOf(status.CANCELLED, `the channel to ${target} was closed`));
    },
    assign(call) {
      if (current && !current.usable) lose(current);
      if (current?.hasRoom) {
        call.run(current);
        return;
      }
      if (pausing && !call.waitsForReady) {
        call.fail(unavailable());
        return;
      }
      waiting.add(call);
      stayAlive();
      connectIfIdle();
    },
    leave(call) {
      open--;
      stopWaiting(call);
      finishClosing();
    },
    obstacle() {
      if (current) return `${target} does not allow more open calls in a connection`;
      return `no connection to ${target}${lastFailure === '' ? ' yet' : `: ${lastFailure}`}`;
    },
    nextCallNumber: () => calls++,
  };

  function finishClosing(): void {
    if (!closing || open > 0) return;
    attempt?.abort();
    for (const connection of connections) connection.close();
    if (attempt || connections.size > 0) return;
    clearTimeout(pausing);
    clearInterval(running);
    onceClosed();
  }

  return {
    createCall(method, deadline, host, parent, flags) {
      const call = new ChannelCall(callChannel, method, Number(deadline), host);
      if (parent) call.follow(parent, flags ?? ALL);
      return call;
    },
    getTarget: () => target,
    getConnectivityState(tryToConnect) {
      if (tryToConnect && !closing) connectIfIdle();
      return watch.state;
    },
    watchConnectivityState(known, deadline, callback) {
      if (closing) throw new Error(`the channel to ${target} was closed`);
      watch.onceNot(known, Number(deadline), callback);
    },
    getChannelzRef() {
      throw new Error('this channel has no channelz');
    },
    ready({ timeout = Number.POSITIVE_INFINITY, signal } = {}) {
      return new Promise((resolve, reject) => {
        const settle = (failure?: unknown) => {
          unsubscribe();
          cancelTimer();
          signal?.removeEventListener('abort', onAbort);
          if (failure === undefined) resolve();
          else reject(failure);
        };
        const look = () => {
          const state = this.getConnectivityState(true);
          if (state === READY) settle();
          if (state === SHUTDOWN) settle(new Error(`the channel to ${target} was closed`));
        };
        const onAbort = () => settle(signal?.reason);
        const onTimeout = () => settle(new Error(callChannel.obstacle()));
        const unsubscribe = watch.subscribe(look);
        const cancelTimer = atDeadline(Date.now() + timeout, onTimeout);
        signal?.addEventListener('abort', onAbort);
        if (signal?.aborted) onAbort();
        else look();
      });
    },
    close() {
      closing = true;
      watch.set(SHUTDOWN);
      stayAlive();
      finishClosing();
      return closed;
    },
  };
}
