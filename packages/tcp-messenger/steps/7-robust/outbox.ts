import type { Socket } from 'node:net';

/** The result of sending a line. `full`: the client reads too slowly. `closed`: its connection is closed. */
export type Sent = 'sent' | 'full' | 'closed';

/** Sends lines to one client, for all senders. */
export interface Outbox {
  /** Sends a line. If earlier lines fill the outbox, it waits for the client to read them. */
  send(line: string): Promise<Sent>;
  /** Sends what is queued, then closes. A client that does not read it within `grace` milliseconds is cut off. */
  end(grace?: number): void;
}

export interface OutboxLimits {
  /** How long a line waits for room, in milliseconds. */
  readonly patience: number;
  /** How long there may be no room before the client is cut off, in milliseconds. */
  readonly cutOff: number;
}

/**
 * An outbox that queues at most the socket's high-water mark and one line, however many senders wait.
 *
 * The system accepts new bytes for a slow client in large steps: on Linux there is room again when a third of the send
 * buffer is free, about 1.5 MB. A client that reads 4 kB a second makes room only every six minutes. It must not be
 * treated as one that stopped reading.
 */
export function newOutbox(socket: Socket, { patience, cutOff }: OutboxLimits): Outbox {
  function cutOffAfter(milliseconds: number): NodeJS.Timeout {
    const reason = new Error(`read too little for ${milliseconds / 1000} s`);
    return setTimeout(() => socket.destroy(reason), milliseconds);
  }

  // #region room
  // The wait that all senders share, while the outbox is full.
  let room: Promise<boolean> | undefined;
  // Starts when the outbox becomes full. At its end the client is disconnected.
  let full: NodeJS.Timeout | undefined;
  const notFull = () => {
    clearTimeout(full);
    full = undefined;
  };
  socket.on('drain', notFull).on('close', notFull);

  /** Waits until there is room, but at most `patience`. All senders share one wait. @returns whether there is room */
  function waitForRoom(): Promise<boolean> {
    full ??= cutOffAfter(cutOff);
    room ??= new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        socket.off('drain', done).off('close', done);
        room = undefined;
        resolve(!socket.writableNeedDrain);
      };
      const timer = setTimeout(done, patience);
      socket.once('drain', done).once('close', done);
    });
    return room;
  }

  async function send(line: string): Promise<Sent> {
    // Check again after each wait, because another sender may have filled the outbox.
    while (socket.writableNeedDrain) if (!(await waitForRoom())) return 'full';
    if (!socket.writable) return 'closed';
    socket.write(`${line}\n`);
    return 'sent';
  }
  // #endregion room

  function end(grace = cutOff): void {
    if (socket.destroyed) return;
    const timer = cutOffAfter(grace);
    socket.once('close', () => clearTimeout(timer));
    socket.end();
  }

  return { send, end };
}
