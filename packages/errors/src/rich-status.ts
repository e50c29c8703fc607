import type { status } from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import { StatusError } from 'grpc-iterables';
import { rpc } from 'proto';

/** The ten standard details; google/rpc/error_details.proto says what each is for. */
const messages = {
  ErrorInfo: rpc.ErrorInfo,
  RetryInfo: rpc.RetryInfo,
  DebugInfo: rpc.DebugInfo,
  QuotaFailure: rpc.QuotaFailure,
  PreconditionFailure: rpc.PreconditionFailure,
  BadRequest: rpc.BadRequest,
  RequestInfo: rpc.RequestInfo,
  ResourceInfo: rpc.ResourceInfo,
  Help: rpc.Help,
  LocalizedMessage: rpc.LocalizedMessage,
};
type Messages = typeof messages;
type Name = keyof Messages;
type InputOf<Message> = Message extends MessageTypeDefinition<infer Input, infer _> ? Input : never;
type OutputOf<Message> = Message extends MessageTypeDefinition<infer _, infer Output> ? Output : never;

/** A detail to send, such as `{ type: 'ErrorInfo', reason: 'NAME_RESERVED', domain: 'example.com' }`. */
export type Detail = { [N in Name]: { type: N } & InputOf<Messages[N]> }[Name];

/** A detail of a type that this program does not know, or whose bytes are not what its type says. */
export interface UnknownDetail {
  type: 'unknown';
  typeUrl: string;
  value: Uint8Array;
}

/** A detail that was received: switch on its `type`. */
export type ReceivedDetail = { [N in Name]: { type: N } & OutputOf<Messages[N]> }[Name] | UnknownDetail;

const PACKAGE = 'google.rpc.';
const TRAILER = 'grpc-status-details-bin';

/** The serializer of a detail of any type: its `type` has chosen the message already. */
function serialize(detail: Detail): Buffer {
  const message = messages[detail.type] as MessageTypeDefinition<object, object>;
  return message.serialize(detail);
}

/**
 * A status with details for programs, in the trailer that all gRPC libraries use for them.
 *
 * Above 8 KiB of trailers the server sends the status without details, and reports that to its `onError`.
 */
export function richStatus(code: status, message: string, details: Detail[]): StatusError {
  const packed = details.map((detail) => {
    const any = new anyPb.Any();
    any.pack(serialize(detail), PACKAGE + detail.type);
    return { type_url: any.getTypeUrl(), value: any.getValue_asU8() };
  });
  const error = new StatusError(code, message);
  error.metadata.set(TRAILER, rpc.Status.serialize({ code, message, details: packed }));
  return error;
}

/**
 * The details of a failed call; none if it has none.
 *
 * Nothing is lost and nothing throws: what can't be read comes as an UnknownDetail with its bytes, and a
 * trailer that is no status at all as one with the trailer's name for its type.
 */
export function detailsOf(error: StatusError): ReceivedDetail[] {
  const [trailer] = error.metadata.get(TRAILER);
  if (!Buffer.isBuffer(trailer)) return [];
  try {
    return rpc.Status.deserialize(trailer).details.map((any) =>
      'type_url' in any ? unpack(any.type_url, any.value) : unpack('', new Uint8Array()),
    );
  } catch {
    return [{ type: 'unknown', typeUrl: TRAILER, value: trailer }];
  }
}

function isName(name: string): name is Name {
  return Object.hasOwn(messages, name);
}

function unpack(typeUrl: string, value: Uint8Array): ReceivedDetail {
  const typeName = typeUrl.slice(typeUrl.lastIndexOf('/') + 1);
  const name = typeName.startsWith(PACKAGE) ? typeName.slice(PACKAGE.length) : '';
  try {
    if (isName(name)) return received(name, Buffer.from(value));
  } catch {
    // Not what its type says: kept as it came.
  }
  return { type: 'unknown', typeUrl, value };
}

function received(type: Name, bytes: Buffer): ReceivedDetail {
  // Sound because `messages` maps each name to its own message; the compiler can't follow a union through it.
  return { type, ...messages[type].deserialize(bytes) } as ReceivedDetail;
}
