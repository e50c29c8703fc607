// Servers inside the test's process, and peers that do exactly what the test wants.
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { type ClientOptions, WebSocket } from 'ws';
import { echo } from '../src/echo-socket.ts';
import { type Route, serveWeb, type WebServer, type WebServerOptions } from '../src/web-server.ts';

export interface Test {
  after(cleanUp: () => Promise<unknown> | undefined): void;
}

export const echoRoute: Route = { longestMessage: 1024 * 1024, serve: echo };

export async function startWeb(
  t: Test,
  options: WebServerOptions = {},
  routes: Record<string, Route> = { '/ws': echoRoute },
): Promise<WebServer> {
  const server = await serveWeb(routes, { gracePeriod: 0, closeTimeout: 500, ...options });
  t.after(server.shutdown);
  return server;
}

/** A peer, as a program sees it: the messages that it got, in order, and how it was closed. */
export interface Peer {
  readonly ws: WebSocket;
  readonly received: string[];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** The next message that was not asked for yet. */
  next(): Promise<string>;
}

export async function connect(t: Test, url: string, options: ClientOptions = {}): Promise<Peer> {
  const ws = new WebSocket(url, options);
  t.after(async () => ws.terminate());
  const received: string[] = [];
  let noticed = () => {};
  let read = 0;
  ws.on('message', (data) => {
    received.push(String(data));
    noticed();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('close', (code, reason) => {
      noticed();
      resolve({ code, reason: String(reason) });
    });
  });
  await once(ws, 'open');
  ws.on('error', () => {});
  return {
    ws,
    received,
    closed,
    async next() {
      while (received.length <= read) {
        if (ws.readyState === WebSocket.CLOSED) throw new Error(`closed after ${read} messages`);
        await new Promise<void>((resolve) => {
          noticed = resolve;
        });
      }
      return received[read++] ?? '';
    },
  };
}

/** A TCP connection that has become a WebSocket, and from then on does nothing by itself. */
export async function connectBare(t: Test, address: string, path = '/ws'): Promise<Socket> {
  const [host = '', port] = address.split(':');
  const socket = connectTcp(Number(port), host);
  t.after(async () => void socket.destroy());
  socket.write(requestOf(path, 'websocket'));
  await once(socket, 'data');
  return socket;
}

/** A TCP connection that has asked for an upgrade as a page of another site. It stays open until it is destroyed. */
export async function askForUpgrade(
  t: Test,
  address: string,
  path: string,
  upgrade: string,
): Promise<Socket> {
  const [host = '', port] = address.split(':');
  const socket = connectTcp({ port: Number(port), host, allowHalfOpen: true });
  t.after(async () => void socket.destroy());
  socket.write(requestOf(path, upgrade, 'Origin: https://example.org\r\n'));
  await once(socket, 'connect');
  return socket;
}

const requestOf = (path: string, upgrade: string, headers = '') =>
  `GET ${path} HTTP/1.1\r\nHost: example.org\r\nUpgrade: ${upgrade}\r\nConnection: Upgrade\r\n${headers}` +
  'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

/** A text frame as a client sends it, masked with zeroes, which changes nothing. */
export function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 125) throw new Error('too long for a short frame');
  return Buffer.concat([Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0]), payload]);
}

/** The status with which a server refuses to open a socket. */
export async function refusal(url: string, options: ClientOptions): Promise<number | undefined> {
  const ws = new WebSocket(url, options);
  const [request, response] = await once(ws, 'unexpected-response');
  request.destroy();
  return response.statusCode;
}

/** Resolves with a figure that has stopped growing. */
export async function settled(figure: () => number): Promise<number> {
  const UNCHANGED = 10;
  for (let last = -1, same = 0; ; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    same = figure() === last ? same + 1 : 0;
    last = figure();
    if (same === UNCHANGED) return last;
  }
}
