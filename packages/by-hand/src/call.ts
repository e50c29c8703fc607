// The client's side of gRPC, on node:http2.
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
  /** In milliseconds. The server gets it, too. */
  timeout?: number;
}

// #region call
/**
 * Calls a method of any kind: sends `requests`, half-closes, and yields the responses.
 *
 * The call starts with the first read. Leaving the loop cancels the call.
 *
 * @throws GrpcError for every status other than OK, and each error of `requests`
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
  // Why this side ended the call, if it did.
  let failure: unknown;
  function fail(reason: unknown): void {
    failure ??= reason;
    // Do not use `close` here: it writes END_STREAM before the reset, and the server would see a half-close.
    stream.destroy(new Error('cancelled'));
  }
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
    // The server has finished. It does not want the rest of the requests.
    if (!stream.writableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
  } catch (error) {
    // If the stream broke, its status says why. A GrpcError comes from a message that cannot be read.
    if (error instanceof GrpcError) fail(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    // The caller left the loop early.
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
/** The status from the server. It is in the trailers, or in the headers if there was no message. */
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
    // The specification says: if the text cannot be decoded, use it as it is.
    return text;
  }
}

function withoutStatus({ rstCode, session }: ClientHttp2Stream): GrpcError {
  // Node gives this code to the streams of a lost connection, too.
  if (rstCode === constants.NGHTTP2_INTERNAL_ERROR && session && !session.destroyed)
    return new GrpcError(status.INTERNAL, 'the server reset the stream');
  return new GrpcError(status.UNAVAILABLE, 'the connection was lost');
}
// #endregion status
