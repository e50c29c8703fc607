import { setTimeout as delay } from 'node:timers/promises';
import { connectivityState, status } from '@grpc/grpc-js';
import { connect, type StatusError } from 'grpc-iterables';
import { type Http2Channel, type Http2ChannelOptions, http2Channel } from 'http2-channel';
import { Health } from 'proto';
import type { Found } from './addresses.ts';

/** One server, and whether calls may go there. */
export interface Backend {
  readonly channel: Http2Channel;
  readonly authority: string | undefined;
  /** `unknown` until the first connection and the first answer of its health service. */
  readonly state: 'unknown' | 'serving' | 'out';
  /** Why it gets no calls, in words. */
  readonly reason: string;
  /** It takes no new calls; resolves when the open ones have ended. */
  close(): Promise<void>;
}

const { READY, TRANSIENT_FAILURE, SHUTDOWN } = connectivityState;
/** How long to wait before the health service is asked again, in milliseconds. */
const PAUSE = 1000;

/**
 * Keeps a connection to one server, and watches its health while there is one.
 *
 * @param service the name that its health service is asked for
 * @param onChange its state has changed
 */
export function backend(
  { address, name }: Found,
  service: string,
  options: Http2ChannelOptions,
  onChange: () => void,
): Backend {
  const tls = options.tls && { ...(name && { servername: name.host }), ...options.tls };
  const channel = http2Channel(address, { ...options, tls });
  const health = connect(Health, channel);
  let state: Backend['state'] = 'unknown';
  let reason = '';
  let watching = new AbortController();
  let closed = false;

  function set(next: Backend['state'], why = ''): void {
    if (closed || (next === state && why === reason)) return;
    [state, reason] = [next, why];
    onChange();
  }

  async function keepConnected(): Promise<void> {
    for (;;) {
      const now = channel.getConnectivityState(true);
      if (now === SHUTDOWN) return;
      if (now === READY) {
        watching = new AbortController();
        void watchHealth(watching.signal);
      }
      // Attempts to connect again change nothing: it is out until one succeeds.
      if (now === TRANSIENT_FAILURE) set('out', await obstacle());
      if (channel.getConnectivityState(false) === now) await changed(now);
      watching.abort();
      if (now === READY) set('unknown');
    }
  }

  const obstacle = () =>
    channel.ready({ timeout: 1 }).then(
      () => '',
      (error: Error) => error.message,
    );

  const changed = (known: connectivityState) =>
    new Promise<void>((resolve) => {
      channel.watchConnectivityState(known, Number.POSITIVE_INFINITY, () => resolve());
    });

  async function watchHealth(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        for await (const answer of health.watch({ service }, { signal })) {
          if (answer.status === 'SERVING') set('serving');
          else set('out', `${address} says ${answer.status}`);
        }
      } catch (error) {
        if (signal.aborted) return;
        const { code, message } = error as StatusError;
        // A server without a health service counts as healthy.
        if (code === status.UNIMPLEMENTED) return set('serving');
        set('out', `the health of ${address} is not known: ${message}`);
      }
      await delay(PAUSE, undefined, { signal }).catch(() => {});
    }
  }

  void keepConnected();
  return {
    channel,
    authority: name?.authority,
    get state() {
      return state;
    },
    get reason() {
      return reason;
    },
    close() {
      closed = true;
      watching.abort();
      return channel.close();
    },
  };
}
