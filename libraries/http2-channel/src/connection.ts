import { once } from 'node:events';
import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';
import type { Address } from './address.ts';
import { nameOf } from './error-names.ts';
import { keepAlive } from './keepalive.ts';
import type { Settings } from './options.ts';
import { closedEarly, notHttp2, reasonOf, reasonOfTls } from './reason.ts';

/** An HTTP/2 connection after the server's first SETTINGS. */
export interface Connection {
  /** The server's address. */
  readonly peer: string;
  /** The socket's TLS, if it has any. */
  readonly tls: tls.TLSSocket | undefined;
  /** Why it was lost. The reason may be unknown until its last stream is closed. */
  readonly lost: string | undefined;
  /** Whether it accepts new calls. */
  readonly usable: boolean;
  /** Whether it accepts one more call now. Servers limit the number of open calls. */
  readonly hasRoom: boolean;
  /** Whether it has had a call. */
  readonly used: boolean;
  /** Opens a stream. @throws Error for headers that HTTP/2 does not allow */
  request(headers: http2.OutgoingHttpHeaders): http2.ClientHttp2Stream;
  /** Whether the server did not process this stream (GOAWAY with a lower stream number). */
  disowned(stream: http2.ClientHttp2Stream): boolean;
  /** Accepts no new calls, and closes after the last one. */
  close(): void;
}

/** Events of an open connection. */
export interface ConnectionEvents {
  /** There may be room again, because a stream has ended or the server has changed its limit. */
  onRoom(): void;
  /** It accepts no new calls, because the server closes it or it is lost. */
  onUnusable(): void;
  onClosed(): void;
  /** The server refuses PINGs at this interval (gRFC A8). */
  onTooManyPings(): void;
}

/**
 * Connects to the first address that answers, waits for the server's SETTINGS, and resolves with a connection that is
 * ready for calls.
 *
 * Until then it does not keep the process alive.
 *
 * @param pingInterval milliseconds between PINGs while calls are open
 * @param signal stops the attempt
 * @throws Error with the reason, as text for people
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
  // Listen before the session does: the reason of a loss must be known when the session ends its streams.
  const line = watchLine(socket);
  const tooLate = setTimeout(
    () => socket.destroy(new Error(`no answer within ${settings.connectTimeout} ms`)),
    settings.connectTimeout,
  ).unref();
  const stop = () => socket.destroy(new Error('not needed any more'));
  signal.addEventListener('abort', stop);
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
    // The same signal is used for each address.
    signal.removeEventListener('abort', stop);
  }
}

/** The state of a connection's socket. */
interface Line {
  /** Why it was lost. */
  lost: string | undefined;
  /** Rejects when it is lost. */
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
    ...(options.checkServerIdentity ? { checkServerIdentity: harmless(options.checkServerIdentity) } : {}),
    ...socket,
    ALPNProtocols: ['h2'],
  };
}

type Check = NonNullable<tls.ConnectionOptions['checkServerIdentity']>;

/** A check that throws refuses the server. Node would let the error end the process. */
function harmless(check: Check): Check {
  return (...args) => {
    try {
      return check(...args);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  };
}

// How many bytes the server may send in all calls of a connection together. Node grants new bytes as soon as some arrive, so one
// call that is not read does not stop the others. The window must only be large enough to keep a fast line busy.
const CONNECTION_WINDOW = 8 * 1024 * 1024;

function startSession(
  socket: net.Socket,
  address: Address,
  { tls, window }: Settings,
): http2.ClientHttp2Session {
  const session = http2.connect(`${tls ? 'https' : 'http'}://${address.authority}`, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: window },
    // Each call has its own limit. At Node's limit for the session, calls would fail.
    maxSessionMemory: Number.MAX_SAFE_INTEGER,
  });
  // Its errors also close the socket, which is watched.
  session.on('error', () => {});
  session.once('connect', () => session.setLocalWindowSize(Math.max(window, CONNECTION_WINDOW)));
  return session;
}

// How long the server may take to close its side, in milliseconds.
const PARTING = 1000;

// Node keeps the names in ORIGIN frames as long as the connection is open. gRPC does not use them.
const MOST_ORIGINS = 1000;

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
  /** After the last call Node ends the socket, and then waits for the server without a limit. */
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
    // With an error code the number is not reliable: a Node server names calls that it still processes.
    if (code === NGHTTP2_NO_ERROR) lastStream = last;
    const text = data ? Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString() : '';
    if (code !== NGHTTP2_NO_ERROR)
      line.lost ??= `the server ended it: ${nameOf(code)}${text && ` (${text})`}`;
    if (code === NGHTTP2_ENHANCE_YOUR_CALM && text === 'too_many_pings') events.onTooManyPings();
    close();
  });
  let origins = 0;
  session.on('origin', (names: string[]) => {
    origins += names.length;
    if (origins > MOST_ORIGINS) fail('the server sent too many ORIGIN frames');
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
      // Node destroys the streams of a broken session before it reports the reason.
      stream.once('error', ({ code, message }: NodeJS.ErrnoException) => {
        if (session.destroyed && code?.startsWith('ERR_HTTP2') && code !== 'ERR_HTTP2_STREAM_ERROR')
          line.lost ??= `the server broke the rules of HTTP/2: ${message}`;
      });
      stream.once('frameError', close);
      // A connection has numbers for 2 ** 30 streams. Without a number it is used up.
      if (stream.id === undefined) close();
      return stream;
    },
    disowned: (stream) => stream.id !== undefined && stream.id > lastStream,
    close,
  };
}

// The default limit of HTTP/2 libraries. Larger headers would end the connection with all of its calls.
const LARGEST_HEADERS = 64 * 1024;
/** The bytes that RFC 9113 counts for each field besides its name and its value. */
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
