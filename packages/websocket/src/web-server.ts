import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { keepAlive } from './heartbeat.ts';
import { holderOf, memoryLimit } from './memory-limit.ts';
import { ignoreUpgrade, refuse } from './no-upgrade.ts';
import { originCheck } from './origins.ts';
import {
  GOING_AWAY,
  INTERNAL_ERROR,
  NORMAL,
  RESTARTING,
  SocketClosed,
  type TextSocket,
  textSocket,
} from './text-socket.ts';

/** How the sockets of one path are served. */
export interface Route {
  /** In bytes; a longer message closes the socket with 1009. */
  readonly longestMessage: number;
  /** Its sockets never end by themselves. On shutdown they are closed at once, with 1012, "come back later". */
  readonly endless?: boolean;
  /** When it resolves, the socket is closed with 1000. When it throws SocketClosed, with that code; for other errors with 1011. */
  serve(socket: TextSocket): Promise<void>;
}

export interface WebServerOptions {
  readonly host?: string;
  readonly port?: number;
  /** Origins whose pages may also connect, such as https://example.org. */
  readonly origins?: string[];
  /** How long open sockets may continue after `shutdown`, in milliseconds. */
  readonly gracePeriod?: number;
  /** How often peers get a ping, in milliseconds. */
  readonly pingInterval?: number;
  /** How long to wait for the peer's answer to a close frame, in milliseconds. */
  readonly closeTimeout?: number;
  /** How many bytes all sockets together may keep in memory; above that, the sockets with most bytes are cut off. */
  readonly memory?: number;
  readonly page?: RequestListener;
}

export interface WebServer {
  readonly address: string;
  /** Takes no new connections, gives open sockets the grace period, closes them. Safe to call again. */
  shutdown(): Promise<void>;
}

const SHUTTING_DOWN = 'the server is shutting down';
/** Each fragment of a message takes about 100 bytes in memory, however short it is. Browsers send a message in a few of them. */
const MOST_FRAGMENTS = 256;

const notFound: RequestListener = (_, response) => void response.writeHead(404).end();

/**
 * Serves a page, and WebSockets by path.
 *
 * @throws what `net.Server.listen` reports, EADDRINUSE for one
 */
export async function serveWeb(
  routes: Record<string, Route>,
  options: WebServerOptions = {},
): Promise<WebServer> {
  const {
    host = '127.0.0.1',
    port = 0,
    gracePeriod = 5000,
    pingInterval = 30_000,
    closeTimeout = 5000,
    memory = 128 * 1024 * 1024,
  } = options;
  const http = createServer(options.page ?? notFound);
  const open = new Map<TextSocket, Route>();

  // Not in the types of `ws` yet.
  const closing = { closeTimeout };
  const upgrades = new Map(
    Object.entries(routes).map(([path, route]) => {
      const server = new WebSocketServer({
        noServer: true,
        clientTracking: false,
        maxPayload: route.longestMessage,
        maxFragments: MOST_FRAGMENTS,
        ...closing,
      });
      return [path, { route, server }];
    }),
  );

  http.listen(port, host);
  await once(http, 'listening');
  const bound = (http.address() as AddressInfo).port;
  const address = `${host.includes(':') ? `[${host}]` : host}:${bound}`;
  const isAllowed = originCheck(host, options.origins ?? []);
  const { holders, stop } = memoryLimit(memory);

  // #region upgrade
  http.on('upgrade', (request: IncomingMessage, _, head: Buffer) => {
    const { socket, headers } = request;
    if (headers.upgrade?.toLowerCase() !== 'websocket') return ignoreUpgrade(http, request);
    const upgrade = upgrades.get(request.url?.split('?')[0] ?? '');
    if (!upgrade) return refuse(socket, '404 Not Found');
    if (!isAllowed(headers.origin, socket)) return refuse(socket, '403 Forbidden');
    const { route, server } = upgrade;
    server.handleUpgrade(request, socket, head, (ws) => {
      keepAlive(ws, socket, pingInterval);
      const accepted = textSocket(ws);
      const holder = holderOf(accepted, ws, socket);
      open.set(accepted, route);
      holders.add(holder);
      ws.once('close', () => {
        open.delete(accepted);
        holders.delete(holder);
      });
      route.serve(accepted).then(
        () => accepted.close(NORMAL),
        (error) => closeFailed(accepted, error),
      );
    });
  });
  // #endregion upgrade

  async function close(): Promise<void> {
    const closed = once(http, 'close');
    http.close();
    for (const [socket, { endless }] of open) if (endless) socket.close(RESTARTING, SHUTTING_DOWN);
    const timer = setTimeout(() => {
      for (const socket of open.keys()) socket.close(GOING_AWAY, SHUTTING_DOWN);
      http.closeAllConnections();
    }, gracePeriod);
    await closed;
    clearTimeout(timer);
    stop();
  }

  let closed: Promise<void> | undefined;
  return {
    address,
    shutdown() {
      closed ??= close();
      return closed;
    },
  };
}

function closeFailed(socket: TextSocket, error: unknown): void {
  if (!(error instanceof SocketClosed)) console.error(error);
  const { code, reason } =
    error instanceof SocketClosed ? error : { code: INTERNAL_ERROR, reason: 'internal error' };
  socket.close(code, reason);
}
