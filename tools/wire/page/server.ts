import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireEvent } from '../src/events.ts';
import { createFileServer, SECURITY_HEADERS } from './files.ts';
import { allowedPath, createToken } from './guard.ts';
import { createHistory } from './history.ts';
import { choices, type PlayState, readOrder } from './play/choices.ts';
import { type Playground, startPlayground } from './play/playground.ts';
import { createViewer, type Viewer } from './viewer.ts';

export interface PageOptions {
  /** Whether the page may start calls of its own, through a tap of its own. */
  readonly play: boolean;
  /** Default: a free one. */
  readonly port?: number;
  /** Gets the events of the calls that the page starts, for example to record them. */
  readonly onEvent?: (event: WireEvent) => void;
  /** How much is kept for pages that open later, in bytes of JSON. Default: 64 MiB. */
  readonly history?: number;
}

export interface RunningPage {
  /** What to open in a browser. It holds the token. */
  readonly url: string;
  /** Shows an event. Never waits, and never throws. */
  onEvent(event: WireEvent): void;
  close(): Promise<void>;
}

/** How long events are gathered before pages get them, in milliseconds. */
const GATHER = 30;
/** A page needs one connection for events and a few for files. */
const MOST_CONNECTIONS = 64;
const LONGEST_ORDER = 4096;

/**
 * Serves the page on loopback.
 *
 * @throws what `net.Server.listen` reports, EADDRINUSE for one
 */
export async function startPage(options: PageOptions): Promise<RunningPage> {
  const token = createToken();
  const history = createHistory(options.history ?? 64 * 1024 * 1024);
  const files = createFileServer();
  const viewers = new Set<Viewer>();
  let timer: NodeJS.Timeout | undefined;
  let playground: Playground | undefined;

  function onEvent(event: WireEvent): void {
    history.add(event);
    timer ??= setTimeout(() => {
      timer = undefined;
      for (const viewer of viewers) viewer.wake();
    }, GATHER);
  }

  function look(request: IncomingMessage, response: ServerResponse): void {
    const viewer = createViewer(response, history, Number(request.headers['last-event-id']) || 0);
    viewers.add(viewer);
    response.on('close', () => viewers.delete(viewer));
    viewer.tell('playing', playground ? { ...playground.state(), choices } : null);
    viewer.wake();
  }

  async function order(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refused = (status: number, reason: string) =>
      response.writeHead(status, { ...SECURITY_HEADERS, Connection: 'close' }).end(reason);
    if (!playground) return void refused(404, 'this page cannot start calls');
    const body = await textOf(request, LONGEST_ORDER);
    const given = body === undefined ? 'the order is too long' : readOrder(body);
    if (typeof given === 'string') return void refused(400, given);
    playground.obey(given);
    response.writeHead(204, SECURITY_HEADERS).end();
  }

  const server = createServer((request, response) => {
    const path = allowedPath(request, token);
    if (path === undefined)
      return void response.writeHead(403, SECURITY_HEADERS).end('open the URL that the terminal shows\n');
    if (request.method === 'POST' && path === '/order')
      return void order(request, response).catch(() => response.destroy());
    if (request.method !== 'GET')
      return void response.writeHead(405, { ...SECURITY_HEADERS, Allow: 'GET' }).end();
    if (path === '/events') return look(request, response);
    files(path, response);
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  function onPlayed(event: WireEvent): void {
    onEvent(event);
    options.onEvent?.(event);
  }
  function onState(state: PlayState): void {
    for (const viewer of viewers) viewer.tell('playing', state);
  }
  if (options.play) playground = startPlayground(onPlayed, onState);

  return {
    url: `http://127.0.0.1:${port}/${token}/`,
    onEvent,
    async close() {
      clearTimeout(timer);
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await Promise.all([closed, playground?.close()]);
    },
  };
}

/** The body of a request; undefined if it is longer than `limit` bytes. */
async function textOf(request: IncomingMessage, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
