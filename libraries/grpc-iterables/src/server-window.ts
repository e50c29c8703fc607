import type { EventEmitter } from 'node:events';
import type { ServerHttp2Session } from 'node:http2';

/**
 * How many bytes a client may send in all calls of a connection together before the server has received them.
 *
 * Node's default is 64 KiB for a connection, the same as for a call. All uploads of a client would share it, and would wait for a
 * round trip after each 64 KiB. A larger window costs no memory: Node counts bytes as received when they arrive, even if their
 * call is not read. The window of each call limits how many bytes wait unread.
 */
const CONNECTION_WINDOW = 8 * 1024 * 1024;

/**
 * Widens the windows of each connection of an HTTP/2 server.
 *
 * @param window how many bytes a client may send in one call before they are read; default: Node's, 64 KiB
 */
export function widenWindows(http2Server: EventEmitter, window?: number): void {
  http2Server.on('session', (session: ServerHttp2Session) => {
    if (window !== undefined) session.settings({ initialWindowSize: window });
    session.setLocalWindowSize(Math.max(window ?? 0, CONNECTION_WINDOW));
  });
}
