import { EventEmitter } from 'node:events';
import { connectivityState } from '@grpc/grpc-js';
import type { Http2ChannelOptions } from 'http2-channel';
import { addressesOf, type Found, type Resolve } from './addresses.ts';
import { type Backend, backend } from './backend.ts';

/** The servers that a balanced channel knows, and which of them take calls. */
export interface ServerSet {
  /** Servers that are connected and healthy. */
  serving(): Backend[];
  /** Whether something is under way that can still find one. */
  hopeful(): boolean;
  /** Why there is none, in words. */
  whyNone(): string;
  /** Calls `look` with each change, until the returned function is called. */
  subscribe(look: () => void): () => void;
  /** Resolves when the last open call has ended. */
  close(): Promise<void>;
}

export interface ServerSetOptions {
  readonly service: string;
  readonly refresh: number;
  readonly resolve: Resolve;
  readonly channelOptions: Http2ChannelOptions;
}

/** Looks up `targets` now and again, and keeps a connection to each server behind them. */
export function serverSet(targets: string[], options: ServerSetOptions): ServerSet {
  const { service, refresh, resolve, channelOptions } = options;
  const backends = new Map<string, Backend>();
  const closings = new Set<Promise<void>>();
  const changes = new EventEmitter().setMaxListeners(0);
  let looking = false;
  let closed = false;
  let timer: NodeJS.Timeout | undefined;
  let lookupFailure: string | undefined;

  async function lookUp(): Promise<void> {
    if (looking || closed) return;
    looking = true;
    clearTimeout(timer);
    const found = await Promise.allSettled(targets.map((address) => addressesOf(address, resolve)));
    looking = false;
    if (closed) return;
    timer = setTimeout(lookUp, refresh).unref();
    const servers = found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
    lookupFailure = failureOf(found) ?? (servers.length === 0 ? 'the name has no address' : undefined);
    update(servers);
    changes.emit('change');
  }

  function update(found: Found[]): void {
    for (const server of found) {
      if (!backends.has(server.address)) backends.set(server.address, add(server));
    }
    // An answer that is empty or incomplete does not mean that servers are gone.
    if (lookupFailure !== undefined) return;
    const current = new Set(found.map(({ address }) => address));
    for (const [address, gone] of backends) {
      if (!current.has(address)) remove(address, gone);
    }
  }

  function add(server: Found): Backend {
    const added: Backend = backend(server, service, channelOptions, () => {
      changes.emit('change');
      if (added.state === 'out') void lookUp();
    });
    return added;
  }

  function remove(address: string, gone: Backend): void {
    backends.delete(address);
    const closing = gone.close().then(() => {
      closings.delete(closing);
    });
    closings.add(closing);
  }

  void lookUp();
  return {
    serving: () =>
      [...backends.values()].filter(
        ({ state, channel }) =>
          state === 'serving' && channel.getConnectivityState(false) === connectivityState.READY,
      ),
    hopeful: () => looking || [...backends.values()].some(({ state }) => state === 'unknown'),
    whyNone() {
      const reasons = [...backends.values()].map(({ reason }) => reason);
      return [...reasons, lookupFailure].filter(Boolean).join('; ');
    },
    subscribe(look) {
      changes.on('change', look);
      return () => changes.off('change', look);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      for (const [address, open] of backends) remove(address, open);
      changes.emit('change');
      await Promise.all(closings);
    },
  };
}

function failureOf(lookups: PromiseSettledResult<unknown>[]): string | undefined {
  const failed = lookups.find((result) => result.status === 'rejected');
  if (!failed) return undefined;
  const { reason } = failed;
  return `a name cannot be looked up: ${reason instanceof Error ? reason.message : reason}`;
}
