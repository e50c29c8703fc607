// The client's half of gRPC, on node:http2.
import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  constants,
  type IncomingHttpHeaders,
} from 'node:http2';
import type { Method } from './contract.ts';
import { messagesIn, writeMessages } from './framing.ts';
import { GrpcError, status } from './status.ts';

export interface Options {
  signal?: AbortSignal;
  /** In milliseconds; the server is told. */
  timeout?: number;
}

// #region call
/**
 * Calls a method of any kind: sends `requests`, half-closes, and yields the responses.
 *
 * The call starts with the first read. Leaving the loop cancels it.
 *
 * @throws GrpcError for every status but OK, and what `requests` throws
 */
export async function* call<Request, Response>(
  session: ClientHttp2Session,
  method: Method<Request, unknown, unknown, Response>,
  requests: AsyncIterable<Request> | Iterable<Request>,
  { signal, timeout }: Options = {},
): AsyncGenerator<Response> {
  const stream = open(session, method.path, timeout);
  const over = new AbortController();
  const ended = statusOf(stream);
  // #region fail
  // The reason why it was this side that ended the call.
  let failure: unknown;
  function fail(reason: unknown): void {
    failure ??= reason;
    // Not close(): it would end the stream before resetting it, and to the server that is a half-close.
    stream.destroy(new Error('cancelled'));
  }
  // #endregion fail
  const onAbort = () => fail(new GrpcError(status.CANCELLED, 'cancelled by the caller'));
  const onTimeout = () => fail(new GrpcError(status.DEADLINE_EXCEEDED, 'deadline exceeded'));
  const timer = timeout === undefined ? undefined : setTimeout(onTimeout, timeout);
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  stream.once('close', () => over.abort());
  const sending = send(stream, method, requests, over.signal).catch((error) => {
    if (!over.signal.aborted) fail(error);
  });
  try {
    for await (const bytes of messagesIn(stream)) yield method.decodeResponse(bytes);
    // The server has finished. What it did not wait for need not be sent.
    if (!stream.writableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
  } catch (error) {
    // What broke the stream is in its status, unless it was this side or a message.
    if (error instanceof GrpcError) fail(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    // Left early, by the caller.
    if (!stream.readableEnded && !stream.closed) fail(undefined);
    await sending;
  }
  const { code, details } = await ended;
  if (failure !== undefined) throw failure;
  if (code !== status.OK) throw new GrpcError(code, details);
}
// #endregion call

function open(session: ClientHttp2Session, path: string, timeout: number | undefined): ClientHttp2Stream {
  if (session.destroyed || session.closed)
    throw new GrpcError(status.UNAVAILABLE, 'the connection is closed');
  return session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc+proto',
    te: 'trailers',
    ...(timeout === undefined ? {} : { 'grpc-timeout': `${Math.min(Math.ceil(timeout), 99_999_999)}m` }),
  });
}

async function send<Request>(
  stream: ClientHttp2Stream,
  method: Method<Request, unknown, unknown, unknown>,
  requests: AsyncIterable<Request> | Iterable<Request>,
  over: AbortSignal,
): Promise<void> {
  await writeMessages(stream, requests, method.encodeRequest, over);
  stream.end();
}

// #region status
/** How the server says that the call ended: in the trailers, or in the headers if there was no message. */
function statusOf(stream: ClientHttp2Stream): Promise<GrpcError> {
  let sent: GrpcError | undefined;
  const look = (headers: IncomingHttpHeaders) => {
    const code = headers['grpc-status'];
    if (code !== undefined) {
      sent = new GrpcError(Number(code), percentDecoded(String(headers['grpc-message'] ?? '')));
    }
  };
  stream.on('response', look);
  stream.on('trailers', look);
  stream.on('error', () => {});
  return new Promise((resolve) => {
    stream.once('close', () => resolve(sent ?? withoutStatus(stream)));
  });
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // The specification has a decoder pass on what it can't read.
    return text;
  }
}

function withoutStatus({ rstCode }: ClientHttp2Stream): GrpcError {
  if (rstCode === constants.NGHTTP2_INTERNAL_ERROR)
    return new GrpcError(status.INTERNAL, 'the server reset the stream');
  return new GrpcError(status.UNAVAILABLE, 'the connection was lost');
}
// #endregion status
