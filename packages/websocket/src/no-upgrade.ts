// Requests for an upgrade that do not get a WebSocket. Node hands over their connection without a listener for errors, and with none
// of its timeouts. So a connection is closed when the answer is written, even if the peer stays.
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Answers a request that asks for another protocol, for example HTTP/2, as if it had not asked. A server may ignore the
 * header Upgrade (RFC 9110, 7.8).
 */
export function ignoreUpgrade(http: Server, request: IncomingMessage): void {
  const { socket } = request;
  socket.on('error', () => {});
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => socket.destroySoon());
  http.emit('request', request, response);
}

/** Refuses a WebSocket with an HTTP status. */
export function refuse(socket: Socket, status: string): void {
  socket.on('error', () => {});
  socket.write(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  socket.destroySoon();
}
