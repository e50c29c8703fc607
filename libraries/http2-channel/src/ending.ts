// Turns every ending of a stream into a gRPC status.
import type { IncomingHttpHeaders } from 'node:http2';
import { Metadata, type StatusObject, status } from '@grpc/grpc-js';
import { nameOf } from './error-names.ts';

export function statusOf(code: status, details: string, metadata = new Metadata()): StatusObject {
  return { code, details, metadata };
}

/** Response headers or trailers as gRPC's metadata. */
export function metadataOf(headers: IncomingHttpHeaders): Metadata {
  const metadata = Metadata.fromHttp2Headers(headers);
  for (const name of [
    'grpc-status',
    'grpc-message',
    'grpc-encoding',
    'grpc-accept-encoding',
    'content-type',
  ]) {
    metadata.remove(name);
  }
  return metadata;
}

/** The status in the trailers, or in headers that are also the trailers. */
export function statusInTrailers(trailers: IncomingHttpHeaders): StatusObject {
  const text = trailers['grpc-status'];
  if (text === undefined) {
    return statusOf(status.UNKNOWN, 'the server sent trailers without a status', metadataOf(trailers));
  }
  const details = percentDecoded(String(trailers['grpc-message'] ?? ''));
  const metadata = metadataOf(trailers);
  const code = Number(text);
  if (code in status && /^\d+$/.test(String(text))) return statusOf(code, details, metadata);
  return statusOf(status.UNKNOWN, `the server sent the status "${text}": ${details}`, metadata);
}

/** Wrong percent-encoding stays as it is, because a wrong message must not be an error (PROTOCOL-HTTP2.md). */
function percentDecoded(text: string): string {
  const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}

// https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md
const HTTP_STATUS: Record<number, status> = {
  400: status.INTERNAL,
  401: status.UNAUTHENTICATED,
  403: status.PERMISSION_DENIED,
  404: status.UNIMPLEMENTED,
  429: status.UNAVAILABLE,
  431: status.INTERNAL,
  502: status.UNAVAILABLE,
  503: status.UNAVAILABLE,
  504: status.UNAVAILABLE,
};

/** Whether these headers are from a gRPC server. They may also be from the error page of a load balancer. */
export function isGrpc(headers: IncomingHttpHeaders): boolean {
  return (
    Number(headers[':status']) === 200 && /^application\/grpc(?:$|[+;])/.test(headers['content-type'] ?? '')
  );
}

/** The status of an answer that is not gRPC. If it has the gRPC status of a failure, that one. An error page is never OK. */
export function statusOfHttp(headers: IncomingHttpHeaders): StatusObject {
  if (headers['grpc-status'] !== undefined) {
    const given = statusInTrailers(headers);
    if (given.code !== status.OK) return given;
  }
  const httpStatus = Number(headers[':status']);
  const type = headers['content-type'] ?? '';
  return statusOf(
    HTTP_STATUS[httpStatus] ?? status.UNKNOWN,
    `the server answered with HTTP status ${httpStatus} and ${type === '' ? 'no content type' : `content type "${type}"`}, not with gRPC`,
  );
}

const REFUSED_STREAM = 7;

// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#errors
const RESET: Record<string, [status, string]> = {
  REFUSED_STREAM: [status.UNAVAILABLE, 'the server refused the call without processing it'],
  CANCEL: [status.CANCELLED, 'the server cancelled the call'],
  ENHANCE_YOUR_CALM: [
    status.RESOURCE_EXHAUSTED,
    'the server has too little bandwidth or memory for the call',
  ],
  INADEQUATE_SECURITY: [status.PERMISSION_DENIED, 'the protocol is not secure enough for the call'],
};

/** The status of a stream that was reset, or that ended without trailers. */
export function statusOfReset(code: number): StatusObject {
  if (code === 0) return statusOf(status.INTERNAL, 'the server ended the stream without a status');
  const name = nameOf(code);
  const [grpcCode, text] = RESET[name] ?? [status.INTERNAL, 'the server reset the stream'];
  return statusOf(grpcCode, `${text} (RST_STREAM ${name})`);
}

export function isRefusal(code: number): boolean {
  return code === REFUSED_STREAM;
}
