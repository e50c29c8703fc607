import type { EventEmitter } from 'node:events';
import type { ServerHttp2Session } from 'node:http2';

/**
 * How much a client may send in all calls of a connection together before the server takes it off the line, in bytes.
 *
 * Node's default is 64 KiB for a connection, as for a call. All uploads of a client would share it, and would wait for a round
 * trip after each 64 KiB. More costs no memory: Node counts bytes as taken when they arrive, even those of a call that
 * is not read. The window of each call limits what waits unread.
 */
const CONNECTION_WINDOW = 8 * 1024 * 1024;

/**
 * Widens the windows of each connection of an HTTP/2 server.
 *
 * @param window how much a client may send in one call before it is read, in bytes; default: Node's, 64 KiB
 */
export function widenWindows(http2Server: EventEmitter, window?: number): void {
  http2Server.on('session', (session: ServerHttp2Session) => {
    if (window !== undefined) session.settings({ initialWindowSize: window });
    session.setLocalWindowSize(Math.max(window ?? 0, CONNECTION_WINDOW));
  });
}
