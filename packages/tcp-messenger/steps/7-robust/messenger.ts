import type { Socket } from 'node:net';
import { readLines } from './lines.ts';
import { formatMessage, parseMessage } from './message.ts';
import { newOutbox, type Outbox, type OutboxLimits } from './outbox.ts';

/** The most bytes in a line, without its end. */
export const LONGEST_LINE = 250;

// How soon a peer is missed that went without a word: its machine lost power, or the cable is out.
const KEEPALIVE = 15_000;

// How long, in milliseconds, clients have to take what waits for them when the server stops.
const GRACE = 1000;

export interface MessengerOptions extends OutboxLimits {
  /** Gets a line for each client that comes or goes. */
  readonly log: (line: string) => void;
}

export interface Messenger {
  /** Serves a connection to its end. Never rejects. */
  serveClient(socket: Socket): Promise<void>;
  /** Sends everyone what waits for them, and closes their connections. */
  close(): void;
}

/** A messenger with nobody in it. Its clients are numbered from 0 on. */
export function newMessenger({ log, ...limits }: MessengerOptions): Messenger {
  const clients = new Map<number, Outbox>();
  // Never given again: a message for someone who left must not reach someone else.
  let nextId = 0;

  // #region deliver
  /** Delivers a line. @returns what is wrong with it, for its sender; undefined: nothing */
  async function deliver(from: number, line: string): Promise<string | undefined> {
    const message = parseMessage(line);
    if (!message) return 'error format message: "2 hello" says hello to client 2';
    // Waits for a client that reads slowly, and meanwhile nothing is read from the sender.
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
    // An error that comes while nobody reads, of a late write for one, ends the process if nobody listens.
    socket.on('error', () => {});
    socket.setKeepAlive(true, KEEPALIVE);
    try {
      await outbox.send(`you are client ${id}`);
      // By default the end of the loop would destroy the socket, with all answers that are under way.
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
