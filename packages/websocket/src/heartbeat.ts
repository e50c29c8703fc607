import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

// An empty frame from a server.
const PING_BYTES = 2;

/**
 * Asks every `interval` milliseconds whether the peer is alive, and cuts the connection if for a whole interval it has
 * neither sent nor taken a byte.
 *
 * A pong is behind all that the peer sent before, so a socket that is not being read can't hear it. Then only what
 * the peer takes counts; and if there is nothing to take, TCP finds out, for it has the ping to deliver.
 */
export function keepAlive(ws: WebSocket, socket: Socket, interval: number): void {
  const moved = () => socket.bytesRead + socket.bytesWritten - socket.writableLength;
  let before = moved() - 1;
  const timer = setInterval(() => {
    const canBeHeard = !ws.isPaused || ws.bufferedAmount > 0;
    if (canBeHeard && moved() <= before) return ws.terminate();
    before = moved() + PING_BYTES;
    ws.ping();
  }, interval);
  ws.once('close', () => clearInterval(timer));
}
