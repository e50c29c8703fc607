import type { Http2Session, ServerHttp2Stream } from 'node:http2';
import * as grpc from '@grpc/grpc-js';

/**
 * An interceptor that lets clients send `window` bytes of a call before they are read, and of a connection.
 *
 * Node allows 64 KiB, so that a client whose packets take 20 ms to come back sends no more than 3 MB a second. A grpc-js
 * server has no option for it: its interceptors get the HTTP/2 stream in a private field. It has to be the first one.
 */
export function widenWindow(window: number): grpc.ServerInterceptor {
  const widened = new WeakSet<Http2Session>();
  return (_, call) => {
    const stream: ServerHttp2Stream | undefined = Reflect.get(call, 'stream');
    const session = stream?.session;
    if (session && !widened.has(session)) {
      widened.add(session);
      session.settings({ initialWindowSize: window });
      session.setLocalWindowSize(window);
    }
    return new grpc.ServerInterceptingCall(call);
  };
}
