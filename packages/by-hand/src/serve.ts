// The server's side of gRPC, on node:http2.
import { once, setMaxListeners } from 'node:events';
import {
  constants,
  createServer,
  type Http2Session,
  type IncomingHttpHeaders,
  type ServerHttp2Stream,
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Method } from './contract.ts';
import { messagesIn, writeMessages } from './framing.ts';
import { GrpcError, status, toGrpcError } from './status.ts';

/** A call of any kind: messages in, messages out. `signal` aborts when the client does not wait for the answer any more. */
export type Handler<Request, Response> = (
  requests: AsyncIterable<Request>,
  signal: AbortSignal,
) => AsyncIterable<Response>;

/** A method with its handler. */
export type Route = readonly [
  path: string,
  serve: (stream: ServerHttp2Stream, signal: AbortSignal) => Promise<void>,
];

// Node's http2 client ends a stream before it resets it. The reset shows that the end was not a half-close. It comes one
// turn of the client's event loop later. In milliseconds.
const HALF_CLOSE_DELAY = 10;

export function route<Request, Response>(
  method: Method<unknown, Request, Response, unknown>,
  handler: Handler<Request, Response>,
): Route {
  async function* requestsOf(stream: ServerHttp2Stream, signal: AbortSignal): AsyncGenerator<Request> {
    try {
      for await (const bytes of messagesIn(stream.iterator({ destroyOnReturn: false })))
        yield method.decodeRequest(bytes);
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
    await delay(HALF_CLOSE_DELAY);
    signal.throwIfAborted();
  }
  return [
    method.path,
    (stream, signal) =>
      writeMessages(stream, handler(requestsOf(stream, signal), signal), method.encodeResponse, signal),
  ];
}

// #region call
/** One call: headers, messages, trailers. */
async function answer(stream: ServerHttp2Stream, [, serve]: Route, signal: AbortSignal): Promise<void> {
  let ending = new GrpcError(status.OK, '');
  stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
  stream.once('wantTrailers', () => {
    stream.sendTrailers(statusHeaders(ending));
    // After the trailers, a client that is still sending can stop.
    if (!stream.readableEnded) setImmediate(() => stream.close(constants.NGHTTP2_NO_ERROR));
  });
  try {
    await serve(stream, signal);
  } catch (error) {
    if (!(error instanceof GrpcError) && !signal.aborted) console.error(error);
    ending = toGrpcError(signal.aborted ? signal.reason : error);
  }
  if (!stream.destroyed) stream.end();
}

function statusHeaders({ code, details }: GrpcError) {
  return { 'grpc-status': code, 'grpc-message': encodeURIComponent(details) };
}

/** A response that has only trailers. */
function refuse(stream: ServerHttp2Stream, error: GrpcError): void {
  stream.respond(
    { ':status': 200, 'content-type': 'application/grpc+proto', ...statusHeaders(error) },
    { endStream: true },
  );
  stream.close(constants.NGHTTP2_NO_ERROR);
}
// #endregion call

const UNITS = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };

/** The timeout in `grpc-timeout`, in milliseconds; undefined: none was sent. */
function timeoutOf(headers: IncomingHttpHeaders): number | undefined {
  const [, amount, unit] = /^(\d{1,8})([HMSmun])$/.exec(String(headers['grpc-timeout'])) ?? [];
  return unit === undefined ? undefined : Number(amount) * UNITS[unit as keyof typeof UNITS];
}

/** A signal that aborts when the call is broken off. Its reason says why. */
function overSignal(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  shutdown: AbortSignal,
): AbortSignal {
  const { session } = stream;
  const over = new AbortController();
  const abort = (code: number, details: string) => over.abort(new GrpcError(code, details));
  const stop = () => abort(status.UNAVAILABLE, 'the server is shutting down');
  const timeout = timeoutOf(headers);
  const timer = timeout && setTimeout(abort, timeout, status.DEADLINE_EXCEEDED, 'deadline exceeded');
  shutdown.addEventListener('abort', stop, { once: true });
  stream.once('close', () => {
    clearTimeout(timer);
    shutdown.removeEventListener('abort', stop);
    if (session?.destroyed) abort(status.UNAVAILABLE, 'connection lost');
    else abort(status.CANCELLED, 'cancelled by the client');
  });
  return over.signal;
}

export interface Server {
  readonly address: string;
  /** Accepts no new calls. Open calls may go on for the grace period (ms), and then end with UNAVAILABLE. */
  shutdown(gracePeriod?: number): Promise<void>;
}

/** Serves `routes` on loopback; port 0 picks a free one. */
export async function serve(routes: Route[], port = 0): Promise<Server> {
  const byPath = new Map(routes.map((one) => [one[0], one]));
  const sessions = new Set<Http2Session>();
  const stopping = new AbortController();
  // Every open call adds a listener.
  setMaxListeners(0, stopping.signal);
  const server = createServer();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  server.on('stream', (stream, headers) => {
    // When a stream breaks, its signal aborts.
    stream.on('error', () => {});
    const found = byPath.get(headers[':path'] ?? '');
    if (found) void answer(stream, found, overSignal(stream, headers, stopping.signal));
    else refuse(stream, new GrpcError(status.UNIMPLEMENTED, `no method ${headers[':path']}`));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async shutdown(gracePeriod = 5000) {
      const closed = once(server, 'close');
      server.close();
      for (const session of sessions) session.close();
      const abort = setTimeout(() => stopping.abort(), gracePeriod);
      const cut = setTimeout(() => {
        for (const session of sessions) session.destroy();
      }, gracePeriod + 1000);
      await closed;
      clearTimeout(abort);
      clearTimeout(cut);
    },
  };
}
