import type { Socket } from 'node:net';
import { readLines } from './lines.ts';
import { formatMessage, parseMessage } from './message.ts';
import { newOutbox, type Outbox, type OutboxLimits } from './outbox.ts';

/** The most bytes in a line, without its end. */
export const LONGEST_LINE = 250;

// How soon a vanished peer is noticed, in milliseconds: its machine lost power, or a cable was pulled out.
const KEEPALIVE = 15_000;

// How long clients may read the lines that wait for them when the server stops, in milliseconds.
const GRACE = 1000;

export interface MessengerOptions extends OutboxLimits {
  /** Gets a line for each client that connects or leaves. */
  readonly log: (line: string) => void;
}

export interface Messenger {
  /** Serves a connection to its end. Never rejects. */
  serveClient(socket: Socket): Promise<void>;
  /** Sends to each client the lines that wait for it, and closes its connection. */
  close(): void;
}

/** A messenger without clients. The first client has the number 0. */
export function newMessenger({ log, ...limits }: MessengerOptions): Messenger {
  const clients = new Map<number, Outbox>();
  // A number is never used again: a message for a client that left must not reach another one.
  let nextId = 0;

  // #region deliver
  /** Delivers a line. @returns the answer to its sender if it was not delivered */
  async function deliver(from: number, line: string): Promise<string | undefined> {
    const message = parseMessage(line);
    if (!message) return 'error format message: "2 hello" says hello to client 2';
    // This waits for a client that reads slowly. While it waits, nothing is read from the sender.
    const sent = (await clients.get(message.to)?.send(formatMessage(from, message.text))) ?? 'closed';
    if (sent === 'full') return `client ${message.to} reads too slowly, not delivered`;
    return sent === 'closed' ? `client ${message.to} is closed` : undefined;
  }
  // #endregion deliver

  async function serveClient(socket: Socket): Promise<void> {
    const id = nextId++;
    const outbox = newOutbox(socket, limits);
    clients.set(id, outbox);
    log(`client ${id} connected, ${clients.size} in all`);
    // For errors that come outside of the loop below, such as a failed write. Without this listener they would end the process.
    socket.on('error', () => {});
    socket.setKeepAlive(true, KEEPALIVE);
    try {
      await outbox.send(`you are client ${id}`);
      // By default the end of the loop destroys the socket, with the answers that are still on their way.
      const chunks = socket.iterator({ destroyOnReturn: false });
      for await (const line of readLines(chunks, LONGEST_LINE)) {
        const fault = 'fault' in line ? `error format message: ${line.fault}` : await deliver(id, line.text);
        if (fault !== undefined) await outbox.send(fault);
      }
      log(`client ${id} left`);
    } catch (error) {
      log(`client ${id} lost: ${error instanceof Error ? error.message : error}`);
    } finally {
      clients.delete(id);
      outbox.end();
    }
  }

  return {
    serveClient,
    close() {
      for (const outbox of clients.values()) outbox.end(GRACE);
    },
  };
}
