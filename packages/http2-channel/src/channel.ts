import { type ChannelInterface, connectivityState, status } from '@grpc/grpc-js';
import { parseAddress } from './address.ts';
import { backoff } from './backoff.ts';
import { type CallChannel, ChannelCall } from './call.ts';
import { type Connection, openConnection } from './connection.ts';
import { statusOf } from './ending.ts';
import { type Http2ChannelOptions, settingsOf } from './options.ts';
import { stateWatch } from './state-watch.ts';

/** A grpc-js channel that can be waited for. */
export interface Http2Channel extends ChannelInterface {
  /**
   * Connects if it has to, and resolves when calls can be made.
   *
   * @throws Error with what the last attempt met, once `timeout` (milliseconds; default: never) is over or `signal` is aborted
   */
  ready(options?: { timeout?: number | undefined; signal?: AbortSignal | undefined }): Promise<void>;
  /** Takes no new calls. Those that are open go on to their end; resolves after the last one. */
  close(): Promise<void>;
}

const USER_AGENT = `grpc-node-http2-channel/0.1.0 node/${process.versions.node}`;
const ALL = 0xffff;
const { IDLE, CONNECTING, READY, TRANSIENT_FAILURE, SHUTDOWN } = connectivityState;

/**
 * A channel for any grpc-js client, on one HTTP/2 connection at a time.
 *
 * It connects with the first call, and again when the connection is lost or the server sends it away.
 *
 * @param target `host:port`, `[::1]:port`, `dns:host:port` or `unix:/path`
 * @throws TypeError for another target, RangeError for an option that is out of range
 *
 * @example
 * const client = new Greeter('', credentials.createInsecure(), { channelOverride: http2Channel('localhost:50051') });
 */
export function http2Channel(target: string, options: Http2ChannelOptions = {}): Http2Channel {
  const address = parseAddress(target);
  const settings = settingsOf(options);
  const pause = backoff(settings.backoff);
  const watch = stateWatch(IDLE);
  /** Calls without a stream. */
  const waiting = new Set<ChannelCall>();
  /** All connections that have calls or may get some; those but the current one are on their way out. */
  const connections = new Set<Connection>();
  let current: Connection | undefined;
  let pingInterval = settings.keepalive.interval;
  let pausing: NodeJS.Timeout | undefined;
  let lastFailure = '';
  let closing = false;
  let calls = 0;

  async function connect(): Promise<void> {
    watch.set(CONNECTING);
    try {
      const connection: Connection = await openConnection(address, settings, pingInterval, {
        onRoom: serveWaiting,
        onUnusable: () => lose(connection),
        onClosed() {
          connections.delete(connection);
          finishClosing();
        },
        onTooManyPings() {
          pingInterval *= 2;
        },
      });
      connections.add(connection);
      current = connection;
      pause.reset();
      watch.set(READY);
      serveWaiting();
      finishClosing();
    } catch (error) {
      onFailure(error as Error);
    }
  }

  function onFailure({ message }: Error): void {
    lastFailure = message;
    pausing = setTimeout(() => {
      pausing = undefined;
      watch.set(IDLE);
      if (waiting.size > 0) void connect();
    }, pause.next());
    watch.set(TRANSIENT_FAILURE);
    for (const call of waiting) if (!call.waitsForReady) call.fail(unavailable());
    if (waiting.size === 0 && watch.size === 0) pausing.unref();
    finishClosing();
  }

  function lose(connection: Connection): void {
    if (current !== connection) return;
    current = undefined;
    watch.set(IDLE);
    if (waiting.size > 0) void connect();
  }

  function serveWaiting(): void {
    for (const call of waiting) {
      if (!current?.hasRoom) return;
      waiting.delete(call);
      call.run(current);
    }
  }

  function unavailable() {
    return statusOf(status.UNAVAILABLE, `no connection to ${target}: ${lastFailure}`);
  }

  const callChannel: CallChannel = {
    target,
    scheme: settings.tls ? 'https' : 'http',
    authority: address.authority,
    userAgent: USER_AGENT,
    compression: settings.compression,
    maxReceiveMessageLength: settings.maxReceiveMessageLength,
    maxSendMessageLength: settings.maxSendMessageLength,
    callCredentials: settings.callCredentials,
    confidential: settings.tls !== undefined || address.local,
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
      pausing?.ref();
      if (watch.state === IDLE) void connect();
    },
    withdraw(call) {
      waiting.delete(call);
      finishClosing();
    },
    nextCallNumber: () => calls++,
  };

  function finishClosing(): void {
    if (!closing || waiting.size > 0) return;
    for (const connection of connections) connection.close();
    if (connections.size > 0 || watch.state === CONNECTING) return;
    clearTimeout(pausing);
    watch.set(SHUTDOWN);
  }

  /** Resolves when the state is another than `known`; rejects at the deadline. */
  function change(known: connectivityState, deadline: number): Promise<void> {
    return new Promise((resolve, reject) =>
      watch.onceNot(known, deadline, (error) => (error ? reject(error) : resolve())),
    );
  }

  return {
    createCall(method, deadline, host, parent, flags) {
      const call = new ChannelCall(callChannel, method, Number(deadline), host);
      if (parent) call.follow(parent, flags ?? ALL);
      if (closing) call.fail(statusOf(status.CANCELLED, `the channel to ${target} was closed`));
      return call;
    },
    getTarget: () => target,
    getConnectivityState(tryToConnect) {
      if (closing) throw new Error(`the channel to ${target} was closed`);
      if (tryToConnect && watch.state === IDLE) void connect();
      return watch.state;
    },
    watchConnectivityState(known, deadline, callback) {
      if (closing) throw new Error(`the channel to ${target} was closed`);
      watch.onceNot(known, Number(deadline), callback);
      pausing?.ref();
    },
    getChannelzRef() {
      throw new Error('this channel has no channelz');
    },
    async ready({ timeout = Number.POSITIVE_INFINITY, signal } = {}) {
      const deadline = Date.now() + timeout;
      const aborted =
        signal &&
        new Promise<never>((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
        );
      while (this.getConnectivityState(true) !== READY) {
        const changed = change(watch.state, deadline).catch(() => {
          throw new Error(lastFailure || `no answer within ${timeout} ms`);
        });
        await (aborted ? Promise.race([changed, aborted]) : changed);
      }
    },
    async close() {
      closing = true;
      finishClosing();
      while (watch.state !== SHUTDOWN) await change(watch.state, Number.POSITIVE_INFINITY);
    },
  };
}
