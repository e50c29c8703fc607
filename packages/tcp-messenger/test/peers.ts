// For the tests of all steps: the programs of a step, and a peer that sends and reads bytes.
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { startProgram, startServer } from 'cli/testing';

type Test = Parameters<typeof startServer>[0];

const program = (path: string) => new URL(`../steps/${path}.ts`, import.meta.url);

/** Starts the server of a step, for example `3-errors`, on a free port. */
export const startStep = (t: Test, step: string, ...args: string[]) =>
  startServer(t, program(`${step}/server`), ...args);

/** Starts the client of a step as a process of its own. */
export const startClient = (t: Test, step: string, address: string, ...args: string[]) =>
  startProgram(t, program(`${step}/client`), '--address', address, ...args);

export interface Peer {
  readonly socket: Socket;
  /** Sends bytes as one packet. Resolves when the system has accepted them. */
  send(bytes: string | Buffer): Promise<void>;
  /** Everything that was received. */
  text(): string;
  /** Resolves with everything that was received as soon as it matches. Rejects if the connection ends before that. */
  received(pattern: RegExp): Promise<string>;
  /** Resolves when the other side has ended or broken the connection. */
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
 * @returns how many the other side accepted before it stopped reading or closed the connection
 */
export async function flood({ socket, send }: Peer, bytes: Buffer, count: number): Promise<number> {
  const over = once(socket, 'close').then(() => 'over' as const);
  for (let sent = 0; sent < count; sent++) {
    const outcome = await Promise.race([send(bytes).catch(() => 'over' as const), over]);
    if (outcome === 'over') return sent;
  }
  return count;
}
