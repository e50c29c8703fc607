import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

// An empty frame from a server.
const PING_BYTES = 2;

/**
 * Sends a ping every `interval` milliseconds, and cuts the connection if the peer has neither sent nor taken a byte for a whole
 * interval.
 *
 * A pong comes after everything that the peer sent before. So a socket that is not being read cannot receive the pong. Then only the
 * bytes that the peer takes count. If there are no such bytes, TCP notices a lost peer, because it must deliver the ping.
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
