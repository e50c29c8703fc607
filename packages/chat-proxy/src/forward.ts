import { type Metadata, status } from '@grpc/grpc-js';
import { type CallOptions, type ServerContext, StatusError } from 'grpc-iterables';
import type { Upstream } from './upstream.ts';

/** What one side of the proxy says about its own connection, and each side says for itself. */
const HOP_BY_HOP = [
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'date',
  'grpc-accept-encoding',
  'grpc-encoding',
  'grpc-timeout',
  'server',
  'te',
  'user-agent',
];

function endToEnd(metadata: Metadata): Metadata {
  const passedOn = metadata.clone();
  for (const name of HOP_BY_HOP) passedOn.remove(name);
  return passedOn;
}

// #region forwarded
/** All of a call but its messages: metadata and deadline forward in; headers and trailers forward out. */
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
