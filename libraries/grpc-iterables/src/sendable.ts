import type { Metadata } from '@grpc/grpc-js';

/** Most clients refuse headers above this size, and reset the stream. Then they do not get the status. */
export const HEADER_LIMIT = 8 * 1024;

/** The bytes that HTTP/2 counts for each field besides its name and value (RFC 9113, 6.5.2). */
export const FIELD_OVERHEAD = 32;

/** Node's HTTP/2 accepts 128 fields, and some of them are gRPC's own. A client on Node resets the stream if there are more. */
const MOST_FIELDS = 100;

/** More than the size of `:status`, `content-type`, `grpc-encoding` and so on. */
const OWN_FIELDS = 512;

// Headers about the connection. HTTP/2 forbids them (RFC 9113, 8.2.2).
const OF_THE_CONNECTION = [
  'connection',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'transfer-encoding',
  'upgrade',
];

// Headers that grpc-js sets. A second value would change how a message is read, or which status arrives.
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

// Node throws if one of these has two values, in a place where no `catch` can handle it.
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
 * Why HTTP/2 or the client would refuse `metadata`, as the end of a sentence such as "headers must not contain …"; undefined if it
 * can be sent.
 *
 * @param others the size of the other headers that are sent with it, in bytes
 */
export function whyNotSendable(metadata: Metadata, others = 0): string | undefined {
  let size = OWN_FIELDS + others;
  let fields = 0;
  for (const [name, values] of Object.entries(metadata.toJSON())) {
    if (name.includes(':')) return `must not contain "${name}": names with a colon belong to HTTP/2`;
    if (RESERVED.has(name)) return `must not contain "${name}": the name is reserved for HTTP/2 or gRPC`;
    if (SINGLE.has(name) && values.length > 1) return `must not have two values for "${name}"`;
    for (const value of values) size += name.length + sizeOfValue(value) + FIELD_OVERHEAD;
    fields += values.length;
  }
  if (fields > MOST_FIELDS) return `of ${fields} fields exceed the limit of ${MOST_FIELDS}`;
  return size > HEADER_LIMIT ? `of ${size} bytes exceed the limit of ${HEADER_LIMIT}` : undefined;
}
