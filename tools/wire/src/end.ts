// One end of a relay: a socket, and how it is read.
import type { OnReadOpts, Socket } from 'node:net';

/**
 * Takes bytes that a socket has read, and calls `done` when it needs them no longer.
 * Returns false if the socket must not read more until its `resume` is called.
 */
export type Take = (bytes: Buffer, done: () => void) => boolean;

export interface End {
  readonly socket: Socket;
  /** Begins to read. It must be called in the same turn of the event loop in which the end was made. */
  read(take: Take): void;
}

/** A message of 64 KiB and the heads of its frames fit into one read. */
const SIZE = 128 * 1024;
/** Fewer bytes are copied, so that a buffer does not wait with a few bytes in it. */
const SMALL = 16 * 1024;
/** Buffers that a socket keeps for its next reads. More than that are in use only while the other side is slow. */
const MOST_FREE = 2;

/**
 * A socket that reads into buffers that are used again.
 *
 * By default Node makes a new buffer of 64 KiB for each read. For a relay this is the largest cost: V8 counts the
 * buffers, and collects the garbage of the whole heap each time they have reached some ten MiB.
 *
 * @param make makes the socket with this option
 */
export function endWithBuffers(make: (onread: OnReadOpts) => Socket): End {
  const free: Buffer[] = [];
  let current: Buffer = Buffer.alloc(0);
  let take: Take = () => false;

  const socket = make({
    buffer() {
      current = free.pop() ?? Buffer.allocUnsafeSlow(SIZE);
      return current;
    },
    callback(length) {
      const used = current;
      const done = () => {
        if (free.length < MOST_FREE) free.push(used);
      };
      const bytes = used.subarray(0, length);
      if (length >= SMALL) return take(bytes, done);
      const copy = Buffer.from(bytes);
      done();
      return take(copy, () => {});
    },
  });
  return {
    socket,
    read(next) {
      take = next;
      socket.resume();
    },
  };
}

/** A socket that reads as sockets do by default: Node has the option `onread` only for sockets that connect, without TLS. */
export function plainEnd(socket: Socket): End {
  return {
    socket,
    read(take) {
      socket.on('data', (chunk: Buffer) => {
        if (!take(chunk, () => {})) socket.pause();
      });
      socket.resume();
    },
  };
}
