// What the tests of all steps need: a step's programs, and a peer that sends and reads bytes as the test says.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { startProgram, startServer } from 'cli/testing';

type Test = Parameters<typeof startServer>[0];

const program = (path: string) => new URL(`../steps/${path}.ts`, import.meta.url);

/** Starts the server of a step, `3-errors` for one, on a free port. */
export const startStep = (t: Test, step: string, ...args: string[]) =>
  startServer(t, program(`${step}/server`), ...args);

/** Starts the client of a step as a process of its own. */
export const startClient = (t: Test, step: string, address: string, ...args: string[]) =>
  startProgram(t, program(`${step}/client`), '--address', address, ...args);

export interface Peer {
  readonly socket: Socket;
  /** Sends bytes as one packet. Resolves when they are in the system's hands. */
  send(bytes: string | Buffer): Promise<void>;
  /** All that has come so far. */
  text(): string;
  /** Resolves with all that has come as soon as it matches; rejects if the connection ends before. */
  received(pattern: RegExp): Promise<string>;
  /** Resolves when nothing more comes, whether the other side has ended or broken the connection. */
  readonly ended: Promise<void>;
}

/** Connects to a server, and reads at once unless `paused`. */
export async function dial(t: Test, address: string, { paused = false } = {}): Promise<Peer> {
  const [host, port] = address.split(':');
  const socket = connect({ host, port: Number(port), noDelay: true, allowHalfOpen: true });
  t.after(() => socket.destroy());
  socket.on('error', () => {});
  const ended = new Promise<void>((resolve) => socket.once('end', resolve).once('close', () => resolve()));
  const chunks: Buffer[] = [];
  const text = () => Buffer.concat(chunks).toString();
  const waiting = new Set<() => void>();
  if (!paused) {
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      for (const look of waiting) look();
    });
  }
  await once(socket, 'connect');

  return {
    socket,
    ended,
    text,
    send: (bytes) =>
      new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve()))),
    received: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(text())) return;
          waiting.delete(look);
          resolve(text());
        };
        waiting.add(look);
        socket.once('end', () => reject(new Error(`ended before ${pattern}: ${text()}`)));
        look();
      }),
  };
}

/**
 * Sends `count` times `bytes` without reading anything.
 *
 * @returns how many the other side took, before it took no more of them or closed the connection
 */
export async function flood({ socket, send }: Peer, bytes: Buffer, count: number): Promise<number> {
  const over = once(socket, 'close').then(() => 'over' as const);
  for (let sent = 0; sent < count; sent++) {
    const outcome = await Promise.race([send(bytes).catch(() => 'over' as const), over]);
    if (outcome === 'over') return sent;
  }
  return count;
}
