// The contract, loaded without grpc-js: proto-loader makes functions of the messages, and that is all that is needed.
import { loadSync, type MethodDefinition } from '@grpc/proto-loader';
import { messageOptions, protoRoot } from 'proto/files.ts';
import type { BidirectionalStreamServerDefinition } from 'proto/gen/stream/BidirectionalStreamServer';
import type { ClientStreamDefinition } from 'proto/gen/stream/ClientStream';
import type { ServerStreamDefinition } from 'proto/gen/stream/ServerStream';
import { GrpcError, status } from './status.ts';

/** A method, from the side of its messages: what may be written, and what is read. Which of its streams has one message only is no matter of HTTP/2. */
export interface Method<Request, RequestRead, Response, ResponseRead> {
  readonly path: string;
  encodeRequest(request: Request): Uint8Array;
  decodeRequest(bytes: Buffer): RequestRead;
  encodeResponse(response: Response): Uint8Array;
  decodeResponse(bytes: Buffer): ResponseRead;
}

/** A method as proto-loader has loaded it. What is no message of it is INTERNAL. */
export function methodOf<Request, Response, RequestRead, ResponseRead>(
  definition: MethodDefinition<Request, Response, RequestRead, ResponseRead>,
): Method<Request, RequestRead, Response, ResponseRead> {
  return {
    path: definition.path,
    encodeRequest: definition.requestSerialize,
    decodeRequest: (bytes) => read(definition.requestDeserialize, bytes),
    encodeResponse: definition.responseSerialize,
    decodeResponse: (bytes) => read(definition.responseDeserialize, bytes),
  };
}

function read<Message>(decode: (bytes: Buffer) => Message, bytes: Buffer): Message {
  try {
    return decode(bytes);
  } catch (error) {
    throw new GrpcError(status.INTERNAL, `not a message: ${error instanceof Error ? error.message : error}`);
  }
}

// The types were generated from the same files: CI checks that.
const services = loadSync(
  ['server_stream', 'client_stream', 'bidirectional_stream'].map((file) => `stream/${file}.proto`),
  { ...messageOptions, includeDirs: [protoRoot] },
) as unknown as {
  'stream.ServerStream': ServerStreamDefinition;
  'stream.ClientStream': ClientStreamDefinition;
  'stream.BidirectionalStreamServer': BidirectionalStreamServerDefinition;
};

export const pow = methodOf(services['stream.ServerStream'].Pow);
export const sum = methodOf(services['stream.ClientStream'].Sum);
export const sqrt = methodOf(services['stream.BidirectionalStreamServer'].Sqrt);
