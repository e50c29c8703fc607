// The contract. The package `proto` loads it. Only the functions that turn messages into bytes and back are used here.
import type { MethodDefinition } from '@grpc/proto-loader';
import { BidirectionalStreamServer, ClientStream, ServerStream } from 'proto';
import { GrpcError, status } from './status.ts';

/**
 * A method: its path, and how its messages become bytes and back. The kind of call is not in it, because HTTP/2 sees no difference
 * between one message and many.
 */
export interface Method<Request, RequestRead, Response, ResponseRead> {
  readonly path: string;
  encodeRequest(request: Request): Uint8Array;
  decodeRequest(bytes: Buffer): RequestRead;
  encodeResponse(response: Response): Uint8Array;
  decodeResponse(bytes: Buffer): ResponseRead;
}

/** A method that proto-loader has loaded. Bytes that are not a message of it fail with INTERNAL. */
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
