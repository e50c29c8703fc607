import type { Metadata } from '@grpc/grpc-js';

/** Most peers refuse a header list above this, and reset the stream: the client would learn nothing. */
export const HEADER_LIMIT = 8 * 1024;

/** What HTTP/2 counts for each field besides its name and value (RFC 9113, 6.5.2). */
export const FIELD_OVERHEAD = 32;

/** `:status`, `content-type`, `grpc-encoding` and so on, with room to spare. */
const OWN_FIELDS = 512;

// They say something about the connection, and HTTP/2 forbids them (RFC 9113, 8.2.2).
const OF_THE_CONNECTION = [
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
];

// grpc-js sets them. Set again they would change how the message is read, or what the status is.
const OF_GRPC = [
  'content-length',
  'content-type',
  'grpc-accept-encoding',
  'grpc-encoding',
  'grpc-message',
  'grpc-status',
  'grpc-timeout',
];

const RESERVED = new Set([...OF_THE_CONNECTION, ...OF_GRPC]);

// Node throws if one of these has two values, and it throws out of reach of any `catch`.
const SINGLE = new Set(
  `access-control-allow-credentials access-control-max-age access-control-request-method age authorization
   content-encoding content-language content-location content-md5 content-range date dnt etag expires from host
   if-match if-modified-since if-none-match if-range if-unmodified-since last-modified location max-forwards
   proxy-authorization range referer retry-after tk upgrade-insecure-requests user-agent x-content-type-options`.split(
    /\s+/,
  ),
);

const sizeOfValue = (value: string | Buffer) =>
  Buffer.isBuffer(value) ? Math.ceil(value.length / 3) * 4 : String(value).length;

/**
 * Why HTTP/2 or the peer would refuse `metadata`, as the end of a sentence that begins with its name; undefined if
 * it can be sent.
 *
 * @param others the size of what is sent beside it, in bytes
 */
export function whyNotSendable(metadata: Metadata, others = 0): string | undefined {
  let size = OWN_FIELDS + others;
  for (const [name, values] of Object.entries(metadata.toJSON())) {
    if (name.includes(':')) return `must not hold "${name}": names with a colon belong to HTTP/2`;
    if (RESERVED.has(name)) return `must not hold "${name}": the name is reserved for HTTP/2 or gRPC`;
    if (SINGLE.has(name) && values.length > 1) return `must not hold two values for "${name}"`;
    for (const value of values) size += name.length + sizeOfValue(value) + FIELD_OVERHEAD;
  }
  return size > HEADER_LIMIT ? `of ${size} bytes exceed the limit of ${HEADER_LIMIT}` : undefined;
}
