import { type Metadata, status } from '@grpc/grpc-js';
import { type CallOptions, type ServerContext, StatusError } from 'grpc-iterables';
import type { Upstream } from 'upstream';

// #region hop-by-hop
/** Headers for one connection only. Each side of the proxy sends its own, or none. */
const HOP_BY_HOP = [
  // HTTP/2 forbids these (RFC 9113, 8.2.2). Node throws when it has to send one.
  ...['connection', 'http2-settings', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade'],
  // In HTTP these are only for the next server or client (RFC 9110: 7.2, 7.6.1, 10.1.1 and 11.7).
  ...['expect', 'host', 'proxy-authenticate', 'proxy-authentication-info', 'proxy-authorization', 'trailer'],
  // These describe the encoding of one connection, and the programs at its ends.
  ...[
    'accept-encoding',
    'content-encoding',
    'content-length',
    'content-type',
    'date',
    'server',
    'user-agent',
  ],
  // grpc-js makes these from the deadline, the encoding and the status of the call.
  ...['grpc-accept-encoding', 'grpc-encoding', 'grpc-message', 'grpc-status', 'grpc-timeout'],
];

function endToEnd(metadata: Metadata): Metadata {
  const passedOn = metadata.clone();
  for (const name of HOP_BY_HOP) passedOn.remove(name);
  return passedOn;
}
// #endregion hop-by-hop

// #region forwarded
/** Everything of a call except its messages. Metadata and deadline go to the server; headers and trailers come back. */
function forwarded({ signal, deadline, metadata, sendHeaders, trailers }: ServerContext): CallOptions {
  return {
    signal,
    deadline,
    metadata: endToEnd(metadata),
    onHeaders: (headers) => sendHeaders(endToEnd(headers)),
    onTrailers: (received) => trailers.merge(endToEnd(received)),
  };
}
// #endregion forwarded

function passedOn(error: unknown, upstream: string, isUp: boolean): unknown {
  if (!(error instanceof StatusError)) return error;
  const { code, details } = error;
  const unreachable = code === status.UNAVAILABLE && !isUp;
  return new StatusError(code, unreachable ? `upstream ${upstream}: ${details}` : details, {
    metadata: endToEnd(error.metadata),
    cause: error,
  });
}

// #region forward
/** Passes on a call with one response. */
export async function forward<Calls, Response>(
  upstream: Upstream<Calls>,
  context: ServerContext,
  call: (calls: Calls, options: CallOptions) => Promise<Response>,
): Promise<Response> {
  const connection = upstream.take();
  try {
    return await call(connection.calls, forwarded(context));
  } catch (error) {
    throw passedOn(error, upstream.address, connection.isUp());
  } finally {
    connection.release();
  }
}

/** Passes on a call with a stream of responses. */
export async function* forwardStream<Calls, Response>(
  upstream: Upstream<Calls>,
  context: ServerContext,
  call: (calls: Calls, options: CallOptions) => AsyncIterable<Response>,
): AsyncGenerator<Response, void, undefined> {
  const connection = upstream.take();
  try {
    yield* call(connection.calls, forwarded(context));
  } catch (error) {
    throw passedOn(error, upstream.address, connection.isUp());
  } finally {
    connection.release();
  }
}
// #endregion forward
