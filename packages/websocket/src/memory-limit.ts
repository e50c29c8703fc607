import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { type TextSocket, TRY_AGAIN_LATER } from './text-socket.ts';

/** A thing that keeps bytes in memory. */
export interface Holder {
  /** How many bytes it holds now. */
  held(): number;
  /** Ends it, and frees what it holds. */
  end(): void;
}

/** How often the holders are asked, in milliseconds. */
const INTERVAL = 250;

/**
 * Keeps the memory of all holders together below `limit` bytes: while it is above, the holder with most bytes is ended.
 *
 * @returns the holders, to be added and deleted as they come and go
 */
export function memoryLimit(limit: number): { holders: Set<Holder>; stop(): void } {
  const holders = new Set<Holder>();

  function relieve(): void {
    const sizes = [...holders].map((holder) => ({ holder, bytes: holder.held() }));
    let total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    if (total <= limit) return;
    sizes.sort((one, other) => other.bytes - one.bytes);
    for (const { holder, bytes } of sizes) {
      if (total <= limit) return;
      holder.end();
      total -= bytes;
    }
  }

  const timer = setInterval(relieve, INTERVAL);
  return { holders, stop: () => clearInterval(timer) };
}

/** The memory of a socket, including a message that has not arrived completely. */
export function holderOf(accepted: TextSocket, ws: WebSocket, socket: Socket): Holder {
  let whole = socket.bytesRead;
  ws.on('message', () => {
    whole = socket.bytesRead;
  });
  return {
    held: () => accepted.held() + socket.bytesRead - whole,
    end: () => accepted.cut(TRY_AGAIN_LATER, 'the server has no memory left, and most of it is held for you'),
  };
}
