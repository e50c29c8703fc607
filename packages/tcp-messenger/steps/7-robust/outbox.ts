import type { Socket } from 'node:net';

/** What became of a line: it went out, or the client takes too little, or its connection is closed. */
export type Sent = 'sent' | 'full' | 'closed';

/** The way to a client, whoever writes to it. */
export interface Outbox {
  /** Sends a line, after waiting for the client to take what was sent before. */
  send(line: string): Promise<Sent>;
  /** Sends what is queued, then closes. A client that has not taken it within `grace` milliseconds is cut off. */
  end(grace?: number): void;
}

export interface OutboxLimits {
  /** How long a line waits for room, in milliseconds. */
  readonly patience: number;
  /** How long there may be no room before the client is cut off, in milliseconds. */
  readonly cutOff: number;
}

/**
 * An outbox that queues no more than the socket's high-water mark and one line, however many wait to send.
 *
 * The system takes the bytes of a slow client in large steps: on Linux there is room again when a third of the send
 * buffer is free, about 1.5 MB. So a client that reads 4 kB a second makes room only every six minutes, and it must
 * not be taken for one that has stopped.
 */
export function newOutbox(socket: Socket, { patience, cutOff }: OutboxLimits): Outbox {
  function cutOffAfter(milliseconds: number): NodeJS.Timeout {
    const reason = new Error(`took too little for ${milliseconds / 1000} s`);
    return setTimeout(() => socket.destroy(reason), milliseconds);
  }

  // #region room
  let room: Promise<boolean> | undefined;
  let full: NodeJS.Timeout | undefined;
  const notFull = () => {
    clearTimeout(full);
    full = undefined;
  };
  socket.on('drain', notFull).on('close', notFull);

  /** One wait for all that have to: it begins with the first of them. @returns whether there is room */
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
    // Asked again after each wait: the others who waited may have filled it up.
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
