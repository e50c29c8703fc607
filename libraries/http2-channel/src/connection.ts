import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';
import type { Address } from './address.ts';
import { keepAlive } from './keepalive.ts';
import type { Settings } from './options.ts';
import { closedEarly, notHttp2, reasonOf, reasonOfTls } from './reason.ts';

/** An HTTP/2 connection that a server has greeted. */
export interface Connection {
  /** The server's address. */
  readonly peer: string;
  /** The socket's TLS, if it has any. */
  readonly tls: tls.TLSSocket | undefined;
  /** Why it was lost, once it was; it is not known before the last of its streams is closed. */
  readonly lost: string | undefined;
  /** Whether it takes new calls at all. */
  readonly usable: boolean;
  /** Whether it takes one more call now: servers limit how many may be open. */
  readonly hasRoom: boolean;
  /** Whether it has had a call. */
  readonly used: boolean;
  /** Opens a stream. Throws for headers that HTTP/2 does not allow. */
  request(headers: http2.OutgoingHttpHeaders): http2.ClientHttp2Stream;
  /** Whether the server has said that it will do nothing with this stream (GOAWAY with a lower number). */
  disowned(stream: http2.ClientHttp2Stream): boolean;
  /** Takes no new calls, and closes after the last one. */
  close(): void;
}

/** Told about a connection after it was made. */
export interface ConnectionEvents {
  /** A stream has ended, or the server has changed its limit: there may be room again. */
  onRoom(): void;
  /** It takes no new calls: the server is going, or the connection is lost. */
  onUnusable(): void;
  onClosed(): void;
  /** The server found the PINGs too frequent (gRFC A8). */
  onTooManyPings(): void;
}

/**
 * Connects to the first address that answers, waits for the server's SETTINGS, and resolves with a connection that is
 * ready for calls.
 *
 * Until then nothing of it keeps the process running.
 *
 * @param pingInterval milliseconds between PINGs while calls are open
 * @param signal stops the attempt
 * @throws Error that says why not, in words
 */
export async function openFirst(
  addresses: Address[],
  ...rest: [Settings, number, AbortSignal, ConnectionEvents]
): Promise<Connection> {
  let failure: unknown;
  for (const address of addresses) {
    try {
      return await openConnection(address, ...rest);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function openConnection(
  address: Address,
  settings: Settings,
  pingInterval: number,
  signal: AbortSignal,
  events: ConnectionEvents,
): Promise<Connection> {
  const socket = settings.tls ? tls.connect(tlsOptions(address, settings.tls)) : net.connect(address.socket);
  socket.setNoDelay(true);
  socket.unref();
  // Before the session does: what it is told of the line must be known when it ends its streams.
  const line = watchLine(socket);
  const tooLate = setTimeout(
    () => socket.destroy(new Error(`no answer within ${settings.connectTimeout} ms`)),
    settings.connectTimeout,
  ).unref();
  signal.addEventListener('abort', () => socket.destroy(new Error('not needed any more')), { once: true });
  try {
    await Promise.race([once(socket, settings.tls ? 'secureConnect' : 'connect'), line.broken]);
    if (socket instanceof tls.TLSSocket && socket.alpnProtocol !== 'h2') throw notHttp2();
    const session = startSession(socket, address, settings);
    await Promise.race([once(session, 'remoteSettings'), line.broken]);
    return connectionOf(session, socket, line, settings, pingInterval, events);
  } catch (error) {
    socket.destroy();
    throw new Error(settings.tls ? reasonOfTls(error) : reasonOf(error), { cause: error });
  } finally {
    clearTimeout(tooLate);
  }
}

/** What is known of a connection's socket. */
interface Line {
  /** Why it is lost, once it is. */
  lost: string | undefined;
  /** Rejects when it is. */
  readonly broken: Promise<never>;
}

function watchLine(socket: net.Socket): Line {
  let reject: (error: Error) => void;
  const line: Line = {
    lost: undefined,
    broken: new Promise((_, rejectPromise) => {
      reject = rejectPromise;
    }),
  };
  line.broken.catch(() => {});
  socket.on('error', (error) => {
    line.lost ??= reasonOf(error);
    reject(error);
  });
  socket.on('close', () => {
    line.lost ??= 'the server closed it';
    reject(closedEarly());
  });
  return line;
}

function tlsOptions({ socket, serverName }: Address, options: tls.ConnectionOptions): tls.ConnectionOptions {
  return {
    ...(serverName === undefined ? {} : { servername: serverName }),
    ...options,
    ...socket,
    ALPNProtocols: ['h2'],
  };
}

// How much the server may send in all calls together before it is read. Node takes what arrives off this window at
// once, so one call that is not read does not stop the others; it only has to keep a fast line busy.
const CONNECTION_WINDOW = 8 * 1024 * 1024;

function startSession(
  socket: net.Socket,
  address: Address,
  { tls, window }: Settings,
): http2.ClientHttp2Session {
  const session = http2.connect(`${tls ? 'https' : 'http'}://${address.authority}`, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: window },
    // What waits is bounded for each call already. Node's own limit would refuse calls instead of letting them wait.
    maxSessionMemory: Number.MAX_SAFE_INTEGER,
  });
  // Its errors end the socket, which is watched.
  session.on('error', () => {});
  session.once('connect', () => session.setLocalWindowSize(Math.max(window, CONNECTION_WINDOW)));
  return session;
}

// How long a server may take to close its side, in milliseconds.
const PARTING = 1000;

const { NGHTTP2_NO_ERROR, NGHTTP2_ENHANCE_YOUR_CALM } = http2.constants;

function connectionOf(
  session: http2.ClientHttp2Session,
  socket: net.Socket,
  line: Line,
  settings: Settings,
  pingInterval: number,
  events: ConnectionEvents,
): Connection {
  const { remoteAddress, remotePort } = socket;
  let open = 0;
  let used = false;
  let lastStream = Number.POSITIVE_INFINITY;
  let usable = true;

  function close(): void {
    if (!usable) return;
    usable = false;
    session.close();
    part();
    events.onUnusable();
  }
  /** After the last call Node ends the socket, and then waits without limit for the server to do the same. */
  function part(): void {
    if (open === 0) setTimeout(() => socket.destroy(), PARTING).unref();
  }
  function fail(reason: string): void {
    line.lost ??= reason;
    close();
    session.destroy();
  }
  const { timeout } = settings.keepalive;
  const alive = keepAlive(
    session,
    socket,
    { interval: pingInterval, timeout },
    () => open > 0,
    () => fail(`no answer to a PING within ${timeout} ms`),
  );

  session.on('goaway', (code, last, data) => {
    // Of a server that breaks off the number is not to be trusted: Node's names calls that it still processes.
    if (code === NGHTTP2_NO_ERROR) lastStream = last;
    const text = data ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString() : '';
    if (code !== NGHTTP2_NO_ERROR)
      line.lost ??= `the server ended it: ${nameOf(code)}${text && ` (${text})`}`;
    if (code === NGHTTP2_ENHANCE_YOUR_CALM && text === 'too_many_pings') events.onTooManyPings();
    close();
  });
  session.on('remoteSettings', events.onRoom);
  socket.on('close', close);
  session.on('close', () => {
    alive.stop();
    events.onClosed();
  });
  session.unref();

  return {
    peer:
      remoteAddress === undefined
        ? 'unix'
        : net.isIPv6(remoteAddress)
          ? `[${remoteAddress}]:${remotePort}`
          : `${remoteAddress}:${remotePort}`,
    tls: socket instanceof tls.TLSSocket ? socket : undefined,
    get lost() {
      return line.lost;
    },
    get usable() {
      return usable && !session.closed && !session.destroyed;
    },
    get hasRoom() {
      const limit = session.remoteSettings.maxConcurrentStreams ?? Number.POSITIVE_INFINITY;
      return this.usable && open < limit;
    },
    get used() {
      return used;
    },
    request(headers) {
      checkSize(headers, session.remoteSettings.maxHeaderListSize);
      const stream = session.request(headers);
      used = true;
      if (open++ === 0) {
        session.ref();
        alive.onBusy();
      }
      stream.once('close', () => {
        if (--open === 0) session.unref();
        if (usable) events.onRoom();
        else part();
      });
      // Node destroys the streams of a broken session before it says why.
      stream.once('error', ({ code, message }: NodeJS.ErrnoException) => {
        if (session.destroyed && code?.startsWith('ERR_HTTP2') && code !== 'ERR_HTTP2_STREAM_ERROR')
          line.lost ??= `the server broke the rules of HTTP/2: ${message}`;
      });
      stream.once('frameError', close);
      // A connection has numbers for 2 ** 30 streams.
      if (stream.id === undefined) close();
      return stream;
    },
    disowned: (stream) => stream.id !== undefined && stream.id > lastStream,
    close,
  };
}

// What HTTP/2 libraries take by default. Headers above it cost the connection, and so every other call on it.
const LARGEST_HEADERS = 64 * 1024;
/** RFC 9113 counts this much for each field besides its name and its value. */
const FIELD = 32;

function checkSize(headers: http2.OutgoingHttpHeaders, limit = LARGEST_HEADERS): void {
  let size = 0;
  for (const [name, value] of Object.entries(headers)) {
    const fields = Array.isArray(value) ? value.length : 1;
    size += fields * (name.length + FIELD) + String(value).length;
  }
  const most = Math.min(limit, LARGEST_HEADERS);
  if (size > most) throw new Error(`its metadata takes ${size} bytes, and the server accepts ${most}`);
}

/** RFC 9113's name of an error code. */
export function nameOf(code: number): string {
  return ERROR_NAMES[code] ?? `error ${code}`;
}

// https://www.rfc-editor.org/rfc/rfc9113#section-7
const ERROR_NAMES = [
  'NO_ERROR',
  'PROTOCOL_ERROR',
  'INTERNAL_ERROR',
  'FLOW_CONTROL_ERROR',
  'SETTINGS_TIMEOUT',
  'STREAM_CLOSED',
  'FRAME_SIZE_ERROR',
  'REFUSED_STREAM',
  'CANCEL',
  'COMPRESSION_ERROR',
  'CONNECT_ERROR',
  'ENHANCE_YOUR_CALM',
  'INADEQUATE_SECURITY',
  'HTTP_1_1_REQUIRED',
];
