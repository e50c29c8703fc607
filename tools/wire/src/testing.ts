// A tap for tests: with what it saw, and with the bytes on both sides of it.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { WireEvent } from './events.ts';
import { startTap, type TapOptions } from './tap.ts';

/** A test, or what ends as one. */
export interface Scope {
  after(cleanUp: () => void | Promise<void>): void;
}

export interface WatchedTap {
  readonly address: string;
  readonly events: readonly WireEvent[];
  /** Resolves with the first event of this type, past or to come, that passes the test. */
  until<Type extends WireEvent['type']>(
    type: Type,
    test?: (event: Extract<WireEvent, { type: Type }>) => boolean,
  ): Promise<Extract<WireEvent, { type: Type }>>;
}

export async function watchedTap(
  t: Scope,
  to: string,
  { keep, ...options }: Omit<TapOptions, 'to'> & { keep?: WireEvent['type'][] } = {},
): Promise<WatchedTap> {
  const events: WireEvent[] = [];
  const looking = new Set<(event: WireEvent) => void>();
  const tap = await startTap({ to, ...options }, (event) => {
    if (!keep || keep.includes(event.type)) events.push(event);
    for (const look of looking) look(event);
  });
  t.after(() => tap.close());
  function until<Type extends WireEvent['type']>(
    type: Type,
    test: (event: Extract<WireEvent, { type: Type }>) => boolean = () => true,
  ) {
    type Wanted = Extract<WireEvent, { type: Type }>;
    const fits = (event: WireEvent): event is Wanted => event.type === type && test(event as Wanted);
    return new Promise<Wanted>((resolve) => {
      function look(event: WireEvent) {
        if (!fits(event)) return;
        looking.delete(look);
        resolve(event);
      }
      const past = events.find(fits);
      if (past) resolve(past);
      else looking.add(look);
    });
  }
  return { address: tap.address, events, until };
}

export interface HashingRelay {
  readonly address: string;
  /** A hash of the bytes of each side and connection. */
  hashes(): string[];
}

/** A plain relay that hashes what passes. One on each side of a tap shows whether the tap changes anything. */
export async function hashingRelay(t: Scope, to: string): Promise<HashingRelay> {
  const hashes: { bytes: number; update(chunk: Buffer): void; text(): string }[] = [];
  const sockets = new Set<Socket>();
  const listener = createServer({ allowHalfOpen: true }, (near) => {
    const far = connectTo(to);
    for (const [from, onto] of [
      [near, far],
      [far, near],
    ] as const) {
      const hash = newHash();
      hashes.push(hash);
      sockets.add(from);
      from.on('data', (chunk: Buffer) => hash.update(chunk));
      from.on('error', () => onto.destroy());
      from.pipe(onto);
    }
  });
  const address = await listening(listener);
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  return { address, hashes: () => hashes.map((hash) => hash.text()) };
}

export function newHash() {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    bytes,
    update(chunk: Uint8Array) {
      bytes += chunk.length;
      hash.update(chunk);
    },
    /** How many bytes, and their hash so far. */
    text: () => `${bytes} ${hash.copy().digest('hex')}`,
  };
}

export function connectTo(address: string): Socket {
  return connect({ host: '127.0.0.1', port: Number(address.split(':')[1]), allowHalfOpen: true });
}

export async function listening(listener: ReturnType<typeof createServer>): Promise<string> {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return `127.0.0.1:${(listener.address() as AddressInfo).port}`;
}

/** A server of plain TCP; each connection is handed to `serve`. */
export async function plainServer(t: Scope, serve: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const listener = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    listener.close();
  });
  return listening(listener);
}
