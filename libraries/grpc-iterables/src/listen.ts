import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

export interface ListenOptions {
  tls: TlsOptions | undefined;
  /** How long a peer may take for its TLS handshake, in milliseconds. */
  handshakeTimeout: number;
  onTlsError: (error: Error) => void;
}

/** A TCP server, with or without TLS. It knows each connection from its first packet on. */
export interface Listener {
  readonly server: Server;
  /** The connection from `peer`, while it is open and past its handshake. */
  connection(peer: string): Socket | undefined;
  /** Closes the connections that have not finished their handshake. */
  dropUnfinished(): void;
  dropAll(): void;
}

const peerOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress}:${remotePort}`;

/** @param accept gets each connection that is ready for HTTP/2 */
export function createListener(
  { tls, handshakeTimeout, onTlsError }: ListenOptions,
  accept: (socket: Socket) => void,
): Listener {
  const accepted = new Set<Socket>();
  // Connections in their handshake, each with a timer.
  const unfinished = new Map<string, { socket: Socket; timer: NodeJS.Timeout }>();
  const ready = new Map<string, Socket>();
  // How many connections were closed here. TLS reports each of them as an error of the peer.
  let dropped = 0;

  function onReady(socket: Socket): void {
    const peer = peerOf(socket);
    finished(peer);
    ready.set(peer, socket);
    socket.once('close', () => ready.delete(peer));
    accept(socket);
  }
  function drop(socket: Socket): void {
    dropped++;
    socket.destroy();
  }
  function finished(peer: string): void {
    clearTimeout(unfinished.get(peer)?.timer);
    unfinished.delete(peer);
  }

  const server = tls ? createTlsServer({ ...tls, ALPNProtocols: ['h2'] }) : createServer();
  // With TLS these are the TCP connections. Their peer may never begin a handshake.
  server.on('connection', (socket: Socket) => {
    // It has no address if its peer reset it before it was accepted.
    if (socket.remoteAddress === undefined) {
      socket.destroy();
      return;
    }
    accepted.add(socket);
    const peer = peerOf(socket);
    socket.once('close', () => {
      accepted.delete(socket);
      finished(peer);
    });
    if (!tls) return onReady(socket);
    // A timer of our own, because Node's timeout starts again with every byte.
    const timer = setTimeout(() => {
      drop(socket);
      onTlsError(new Error(`${peer} did not finish its handshake in ${handshakeTimeout} ms`));
    }, handshakeTimeout);
    unfinished.set(peer, { socket, timer });
  });
  server.on('secureConnection', onReady);
  server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
    if (dropped > 0 && error.code === 'ECONNRESET') dropped--;
    else onTlsError(error);
  });
  return {
    server,
    connection: (peer) => ready.get(peer),
    dropUnfinished() {
      for (const { socket } of unfinished.values()) drop(socket);
    },
    dropAll() {
      for (const socket of accepted) socket.destroy();
    },
  };
}
