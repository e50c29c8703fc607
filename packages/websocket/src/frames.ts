// The frames of a bridge's socket are JSON objects. The first frame in each direction has the headers of the call. All others
// are its messages, with the names of the .proto.
import { Metadata } from '@grpc/grpc-js';
import type { FromClient } from 'proto/gen/chatserver/FromClient';
import type { FromServer__Output } from 'proto/gen/chatserver/FromServer';
import { INVALID, SocketClosed } from './text-socket.ts';

const LARGEST_UINT64 = 2n ** 64n - 1n;

/** What a field has to be, in words, and a function that checks it. */
type Kind = [description: string, isValid: (value: unknown) => boolean];

const text: Kind = ['a text', (value) => typeof value === 'string'];
const flag: Kind = ['true or false', (value) => typeof value === 'boolean'];
// gRPC sends headers as they are, and takes only these characters.
const header: Kind = [
  'a text of up to 200 printable ASCII characters',
  (value) => typeof value === 'string' && /^[\x20-\x7e]{0,200}$/.test(value),
];
// As in protobuf's JSON: a JavaScript number, or a decimal text for numbers that are too large for it.
const uint64: Kind = [
  'a whole number from 0 to 2 ** 64 - 1',
  (value) =>
    typeof value === 'string'
      ? /^\d{1,20}$/.test(value) && BigInt(value) <= LARGEST_UINT64
      : Number.isSafeInteger(value) && Number(value) >= 0,
];

const HEADERS = { sender: header, after: header };
const REQUEST = { name: text, body: text, number: uint64, who: flag, arrivals: flag };

/** @throws SocketClosed with 1007 and what is wrong */
function read(frame: string, fields: Record<string, Kind>): [string, unknown][] {
  let value: unknown;
  try {
    value = JSON.parse(frame);
  } catch {
    throw invalid('not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('not a JSON object');
  const entries = Object.entries(value);
  for (const [name, content] of entries) {
    const kind = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (!kind) throw invalid(`no field "${name}"; there are ${Object.keys(fields).join(', ')}`);
    const [description, isValid] = kind;
    if (!isValid(content)) throw invalid(`${name} has to be ${description}`);
  }
  return entries;
}

const invalid = (flaw: string) => new SocketClosed(INVALID, flaw);

/** The first frame of a page, as request headers. @throws SocketClosed */
export function readHeaders(frame: string): Metadata {
  const metadata = new Metadata();
  for (const [name, value] of read(frame, HEADERS)) metadata.set(name, String(value));
  return metadata;
}

/** Any other frame of a page. @throws SocketClosed */
export function readRequest(frame: string): FromClient {
  return Object.fromEntries(read(frame, REQUEST));
}

/** The first frame for a page. */
export function headersFrame(headers: Metadata): string {
  const of = (name: string) => String(headers.get(name)[0] ?? '');
  return JSON.stringify({ code: of('code'), after: of('after') });
}

// A uint64 is a text here, and its default is '0'. In a name or a message, '0' is an ordinary text.
const UINT64 = new Set(['acknowledged', 'position', 'dropped', 'read']);

function isSet([name, value]: [string, unknown]): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (value === false) return false;
  return value !== (UINT64.has(name) ? '0' : '');
}

/** Any other frame for a page; fields with their default are left out, as in protobuf's JSON. */
export function responseFrame(response: FromServer__Output): string {
  return JSON.stringify(Object.fromEntries(Object.entries(response).filter(isSet)));
}
