import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A TCP relay between client and server. It can break the connection in ways that a program cannot. */
export interface Relay {
  readonly address: string;
  /** The number of bytes in both directions. */
  bytes(): number;
  /** Resets both ends of every connection. */
  cut(): void;
  /** Stops forwarding without an error, as if a cable was pulled out. */
  silence(): void;
  close(): Promise<void>;
}

export async function startRelay(target: string): Promise<Relay> {
  const [host, port] = target.split(':');
  const sockets = new Set<Socket>();
  let bytes = 0;
  const listener = createServer((near) => {
    const far = connect(Number(port), host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    address: `127.0.0.1:${(listener.address() as AddressInfo).port}`,
    bytes: () => bytes,
    cut() {
      for (const socket of sockets) socket.resetAndDestroy();
    },
    silence() {
      for (const socket of sockets) socket.unpipe().pause();
    },
    async close() {
      listener.close();
      for (const socket of sockets) socket.destroy();
      await once(listener, 'close');
    },
  };
}
