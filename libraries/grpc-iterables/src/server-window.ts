import type { Http2Session, ServerHttp2Stream } from 'node:http2';
import * as grpc from '@grpc/grpc-js';

/**
 * How much a client may send in all calls of a connection together before the server takes it off the line, in bytes.
 *
 * Node's default is 64 KiB for a connection, as for a call. All uploads of a client would share it, and would wait for a round
 * trip after each 64 KiB. More costs no memory: Node counts bytes as taken when they arrive, even those of a call that
 * is not read. The window of each call limits what waits unread.
 */
const CONNECTION_WINDOW = 8 * 1024 * 1024;

/**
 * An interceptor that widens the windows of each connection with its first call.
 *
 * A grpc-js server has no option for it. Its interceptors get the HTTP/2 stream in a private field. This interceptor has to
 * be the first one.
 *
 * @param window how much a client may send in one call before it is read, in bytes; default: Node's, 64 KiB
 */
export function widenWindows(window?: number): grpc.ServerInterceptor {
  const widened = new WeakSet<Http2Session>();
  return (_, call) => {
    const stream: ServerHttp2Stream | undefined = Reflect.get(call, 'stream');
    const session = stream?.session;
    if (session && !widened.has(session)) {
      widened.add(session);
      if (window !== undefined) session.settings({ initialWindowSize: window });
      session.setLocalWindowSize(Math.max(window ?? 0, CONNECTION_WINDOW));
    }
    return new grpc.ServerInterceptingCall(call);
  };
}
