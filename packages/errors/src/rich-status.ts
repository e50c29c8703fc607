import type { status } from '@grpc/grpc-js';
import type { MessageTypeDefinition } from '@grpc/proto-loader';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import { StatusError } from 'grpc-iterables';
import { rpc } from 'proto';

/** The ten standard details. google/rpc/error_details.proto explains each of them. */
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

/** A detail of an unknown type, or one whose bytes do not fit its type. */
export interface UnknownDetail {
  type: 'unknown';
  typeUrl: string;
  value: Uint8Array;
}

/** A received detail. Use its `type` to tell which one it is. */
export type ReceivedDetail = { [N in Name]: { type: N } & OutputOf<Messages[N]> }[Name] | UnknownDetail;

const PACKAGE = 'google.rpc.';
const TRAILER = 'grpc-status-details-bin';

/** Serializes a detail as the message that its `type` names. */
function serialize(detail: Detail): Buffer {
  const message = messages[detail.type] as MessageTypeDefinition<object, object>;
  return message.serialize(detail);
}

/**
 * A status with details for programs. They are in the trailer that all gRPC libraries use for details.
 *
 * If the trailers exceed 8 KiB, the server sends the status without details, and tells its `onError`.
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
 * The details of a failed call, or an empty list.
 *
 * It never throws. A detail that cannot be read is returned as an `UnknownDetail` with its bytes. If the trailer
 * is not a status at all, the `typeUrl` of that detail is the name of the trailer.
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
    // The bytes do not fit the type. They are returned unread below.
  }
  return { type: 'unknown', typeUrl, value };
}

function received(type: Name, bytes: Buffer): ReceivedDetail {
  // The cast is safe because `messages` maps each name to its own message. The compiler cannot see that.
  return { type, ...messages[type].deserialize(bytes) } as ReceivedDetail;
}
