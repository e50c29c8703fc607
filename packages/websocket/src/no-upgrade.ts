// Requests for an upgrade that do not get a WebSocket.
import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Answers a request that asks for another protocol, for example HTTP/2, as if it had not asked. A server may ignore the
 * header Upgrade (RFC 9110, 7.8).
 */
export function ignoreUpgrade(http: Server, request: IncomingMessage): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(request.socket);
  response.once('finish', () => request.socket.end());
  http.emit('request', request, response);
}

/** Refuses a WebSocket with an HTTP status. */
export function refuse(socket: Socket, status: string): void {
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
