import type * as grpc from '@grpc/grpc-js';
import type { CallOptions } from './call-options.ts';
import type { ServerContext } from './server-context.ts';
import type { Messages } from './source-of-messages.ts';

/** Turns the type of a generated grpc-js handler into the type of the function to write. */
export type IterableHandler<Handler> =
  Handler extends grpc.handleBidiStreamingCall<infer Request, infer Response>
    ? (requests: AsyncIterableIterator<Request>, context: ServerContext) => Messages<Response>
    : Handler extends grpc.handleServerStreamingCall<infer Request, infer Response>
      ? (request: Request, context: ServerContext) => Messages<Response>
      : Handler extends grpc.handleClientStreamingCall<infer Request, infer Response>
        ? (requests: AsyncIterableIterator<Request>, context: ServerContext) => Promise<Response> | Response
        : Handler extends grpc.handleUnaryCall<infer Request, infer Response>
          ? (request: Request, context: ServerContext) => Promise<Response> | Response
          : never;

/** A generated handlers interface (`…Handlers` of proto-loader, `…Server` of ts-proto), method by method. */
export type IterableHandlers<Handlers> = {
  [Name in keyof Handlers as string extends Name ? never : Name]: IterableHandler<Handlers[Name]>;
};

type ResponseOf<Arguments extends unknown[]> = Arguments extends [...unknown[], infer Callback]
  ? Callback extends (error: grpc.ServiceError | null, response: infer Response) => void
    ? NonNullable<Response>
    : never
  : never;

/** Turns the type of a method of a generated grpc-js client into the type of the function to call. */
export type IterableMethod<Method> = Method extends (
  ...args: infer _
) => grpc.ClientDuplexStream<infer Request, infer Response>
  ? (requests: Messages<Request>, options?: CallOptions) => AsyncIterableIterator<Response>
  : Method extends (request: infer Request, ...args: infer _) => grpc.ClientReadableStream<infer Response>
    ? (request: Request, options?: CallOptions) => AsyncIterableIterator<Response>
    : Method extends (...args: infer Arguments) => grpc.ClientWritableStream<infer Request>
      ? (requests: Messages<Request>, options?: CallOptions) => Promise<ResponseOf<Arguments>>
      : Method extends (request: infer Request, ...args: infer Arguments) => grpc.ClientUnaryCall
        ? (request: Request, options?: CallOptions) => Promise<ResponseOf<Arguments>>
        : never;

/** A generated grpc-js client, method by method. */
export type IterableClient<Client> = {
  [Name in Exclude<keyof Client, keyof grpc.Client>]: IterableMethod<Client[Name]>;
};
