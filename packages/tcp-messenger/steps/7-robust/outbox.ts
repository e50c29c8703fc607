import type { Socket } from 'node:net';

/** The way to a client, whoever writes to it. */
export interface Outbox {
  /**
   * Sends a line, after waiting for the client to take what was sent before.
   *
   * @returns whether it went out; not if the connection is closed
   */
  send(line: string): Promise<boolean>;
  /** Sends what is queued, then closes. A client that has not taken it within `grace` milliseconds is cut off. */
  end(grace?: number): void;
}

/**
 * An outbox that queues no more than the socket's high-water mark and one line, however many wait to send.
 *
 * @param patience how long, in milliseconds, a client may take nothing before it is cut off
 */
export function newOutbox(socket: Socket, patience: number): Outbox {
  function cutOffAfter(milliseconds: number): NodeJS.Timeout {
    const reason = new Error(`took nothing for ${milliseconds / 1000} s`);
    return setTimeout(() => socket.destroy(reason), milliseconds);
  }

  // #region room
  // One for all who wait: the limit runs from the moment when the first of them has to.
  let room: Promise<void> | undefined;
  function waitForRoom(): Promise<void> {
    room ??= new Promise((resolve) => {
      const cutOff = cutOffAfter(patience);
      const done = () => {
        clearTimeout(cutOff);
        socket.off('drain', done).off('close', done);
        room = undefined;
        resolve();
      };
      socket.once('drain', done).once('close', done);
    });
    return room;
  }

  async function send(line: string): Promise<boolean> {
    // Asked again after each wait: the others who waited may have filled it up.
    while (socket.writableNeedDrain) await waitForRoom();
    if (!socket.writable) return false;
    socket.write(`${line}\n`);
    return true;
  }
  // #endregion room

  function end(grace = patience): void {
    if (socket.destroyed) return;
    const cutOff = cutOffAfter(grace);
    socket.once('close', () => clearTimeout(cutOff));
    socket.end();
  }

  return { send, end };
}
