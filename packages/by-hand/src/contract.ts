// The contract. The package `proto` has it from grpc-js's loader; what is taken of that are the functions that turn messages into
// bytes and back.
import type { MethodDefinition } from '@grpc/proto-loader';
import { BidirectionalStreamServer, ClientStream, ServerStream } from 'proto';
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

export const pow = methodOf(ServerStream.service.Pow);
export const sum = methodOf(ClientStream.service.Sum);
export const sqrt = methodOf(BidirectionalStreamServer.service.Sqrt);
