// A client that writes HTTP/2 by hand, so that it can break the rules of gRPC.
import type { EventEmitter } from 'node:events';
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type ClientSessionRequestOptions,
  connect,
  type IncomingHttpHeaders,
} from 'node:http2';

/** A message with its prefix of five bytes. `length` and `flag` can be wrong on purpose. */
export function framed(body: string, { flag = 0, length = Buffer.byteLength(body) } = {}): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(flag);
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, Buffer.from(body)]);
}

/** Opens a connection; its errors are expected. */
export function connectRaw(address: string): ClientHttp2Session {
  const session = connect(`http://${address}`);
  session.on('error', () => {});
  return session;
}

/** Opens a stream to a method of the echo service. */
export function openStream(
  session: ClientHttp2Session,
  method: string,
  headers = {},
  options: ClientSessionRequestOptions = {},
): ClientHttp2Stream {
  const requestHeaders = {
    ':method': 'POST',
    ':path': `/test.Echo/${method}`,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers,
  };
  const stream = session.request(requestHeaders, options);
  stream.on('error', () => {});
  return stream;
}

/** The gRPC status that ends a stream, as text; undefined if it ends without one. */
export async function statusOf(stream: ClientHttp2Stream): Promise<string | undefined> {
  let status: string | undefined;
  const look = (headers: IncomingHttpHeaders) => {
    if (headers['grpc-status'] !== undefined) status = String(headers['grpc-status']);
  };
  stream.on('response', look);
  stream.on('trailers', look);
  stream.resume();
  if (!stream.closed) await closeOf(stream);
  return status;
}

/** Resolves when it closes, with an error or without one. Both are right for such peers. */
export function closeOf(emitter: EventEmitter): Promise<void> {
  return new Promise((resolve) => emitter.once('close', () => resolve()));
}
