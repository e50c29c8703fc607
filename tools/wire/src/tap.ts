// The tap: a TCP relay that passes every byte on unchanged, and tells what the bytes mean.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket, connect as tcpConnect } from 'node:net';
import {
  type ConnectionOptions,
  createServer as createTlsServer,
  type TLSSocket,
  type TlsOptions,
  connect as tlsConnect,
} from 'node:tls';
import { Connection, type Happened } from './connection.ts';
import { type End, endWithBuffers, plainEnd } from './end.ts';
import type { WireEvent } from './events.ts';
import { type FindMethod, methodsOfProject } from './message-types.ts';
import { relay } from './relay.ts';

export interface TapOptions {
  /** The server, as `host:port`. */
  readonly to: string;
  /** Where clients connect; default: a free port of 127.0.0.1. */
  readonly listen?: { readonly host?: string; readonly port?: number };
  /** How messages are read; default: by the project's .proto files. */
  readonly findMethod?: FindMethod;
  /** TLS towards clients. */
  readonly tlsForClients?: TlsOptions;
  /** TLS towards the server. */
  readonly tlsToServer?: ConnectionOptions;
}

export interface Tap {
  /** Where it listens, as `host:port`. */
  readonly address: string;
  /** Stops listening and cuts the connections that are open. */
  close(): Promise<void>;
}

/** What the tap keeps of messages that are not complete, in bytes, of all connections together. */
const BUDGET = 16 * 1024 * 1024;
const ALPN = ['h2'];
/** What may wait in each direction of a connection, in bytes. With less, the relay pauses after each chunk. */
export const WAITING = 256 * 1024;

/**
 * Starts a tap between clients and a server.
 *
 * @param onEvent called for each event, in the order of the bytes; it must not throw, and should return soon
 * @throws Error if it can't listen
 *
 * @example
 * const tap = await startTap({ to: '127.0.0.1:8082' }, (event) => console.log(event));
 * // Point a client to tap.address.
 */
export async function startTap(options: TapOptions, onEvent: (event: WireEvent) => void): Promise<Tap> {
  const { listen = {}, findMethod = methodsOfProject(), tlsForClients } = options;
  const sockets = new Set<Socket>();
  const budget = { left: BUDGET };
  const begin = performance.now();
  let connections = 0;

  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  }

  function emitterOf(connection: number): (happened: Happened) => void {
    return (happened) => {
      const at = Math.round((performance.now() - begin) * 1000) / 1000;
      onEvent({ ...happened, at, connection } as WireEvent);
    };
  }

  function onConnection(near: End): void {
    const emit = emitterOf(++connections);
    emit({ type: 'opened', client: addressOf(near.socket), server: options.to });
    const far = connectTo(options);
    const decoder = new Connection(findMethod, budget, emit);
    keep(near.socket);
    keep(far.socket);
    relay(near, far, {
      onChunk: (side, chunk) => decoder.push(side, chunk),
      onClose: (by, how) => {
        decoder.close();
        emit({ type: 'closed', by, how });
      },
    });
  }

  const listener = tlsForClients
    ? createTlsServer(
        { ALPNProtocols: ALPN, allowHalfOpen: true, highWaterMark: WAITING, ...tlsForClients },
        (socket) => onConnection(plainEnd(socket)),
      )
    : createListener(onConnection);
  listener.on('connection', (socket: Socket) => {
    socket.setNoDelay(true);
    // Before its TLS handshake is complete, a connection has no other socket.
    keep(socket);
  });
  listener.on('tlsClientError', ({ message }: Error, socket: TLSSocket) => {
    const emit = emitterOf(++connections);
    emit({ type: 'opened', client: addressOf(socket), server: options.to });
    emit({ type: 'foreign', side: 'client', reason: `no TLS connection: ${message}`, bytes: '' });
    emit({ type: 'closed', by: 'client', how: 'closed' });
  });
  listener.listen(listen.port ?? 0, listen.host ?? '127.0.0.1');
  await once(listener, 'listening');
  const { address, port } = listener.address() as AddressInfo;
  return {
    address: `${address.includes(':') ? `[${address}]` : address}:${port}`,
    async close() {
      listener.close();
      for (const socket of sockets) socket.destroy();
      await once(listener, 'close');
    },
  };
}

/** A server of TCP that hands over each connection as an end for a relay. */
export function createListener(onConnection: (near: End) => void): Server {
  return createServer({ allowHalfOpen: true, noDelay: true, highWaterMark: WAITING }, (accepted) =>
    onConnection(plainEnd(accepted)),
  );
}

function addressOf({ remoteAddress = 'unknown', remotePort = 0 }: Socket): string {
  return `${remoteAddress}:${remotePort}`;
}

/** Connects to the server of a tap. */
export function connectTo({ to, tlsToServer }: Pick<TapOptions, 'to' | 'tlsToServer'>): End {
  const { hostname, port } = new URL(`http://${to}`);
  const host = hostname.replace(/^\[|\]$/g, '');
  const target = {
    host,
    port: Number(port || 80),
    allowHalfOpen: true,
    noDelay: true,
    highWaterMark: WAITING,
  };
  if (!tlsToServer) return endWithBuffers((onread) => tcpConnect({ ...target, onread }));
  const socket = tlsConnect({
    ALPNProtocols: ALPN,
    ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
    ...tlsToServer,
    ...target,
  });
  return plainEnd(socket);
}
