// A service with one method of each kind. It is written by hand, in the form of other code generators than proto-loader
// (camelCase names, literal kinds, JSON). So the tests need no generated code.
import * as grpc from '@grpc/grpc-js';

export interface Item {
  value: number;
  text?: string;
}

const bytesOf = (item: Item) => Buffer.from(JSON.stringify(item));
const itemOf = (bytes: Buffer): Item => JSON.parse(bytes.toString());

function method<RequestStream extends boolean, ResponseStream extends boolean>(
  name: string,
  requestStream: RequestStream,
  responseStream: ResponseStream,
) {
  return {
    path: `/test.Echo/${name}`,
    requestStream,
    responseStream,
    requestSerialize: bytesOf,
    requestDeserialize: itemOf,
    responseSerialize: bytesOf,
    responseDeserialize: itemOf,
  };
}

export const echoDefinition = {
  unary: method('Unary', false, false),
  download: method('Download', false, true),
  upload: method('Upload', true, false),
  exchange: method('Exchange', true, true),
};

export interface EchoHandlers {
  unary: grpc.handleUnaryCall<Item, Item>;
  download: grpc.handleServerStreamingCall<Item, Item>;
  upload: grpc.handleClientStreamingCall<Item, Item>;
  exchange: grpc.handleBidiStreamingCall<Item, Item>;
}

type Answer = (error: grpc.ServiceError | null, response: Item) => void;

export interface EchoClient extends grpc.Client {
  unary(request: Item, callback: Answer): grpc.ClientUnaryCall;
  unary(request: Item, metadata: grpc.Metadata, callback: Answer): grpc.ClientUnaryCall;
  download(request: Item, options?: Partial<grpc.CallOptions>): grpc.ClientReadableStream<Item>;
  upload(callback: Answer): grpc.ClientWritableStream<Item>;
  upload(metadata: grpc.Metadata, callback: Answer): grpc.ClientWritableStream<Item>;
  exchange(options?: Partial<grpc.CallOptions>): grpc.ClientDuplexStream<Item, Item>;
}

export const EchoClient = grpc.makeGenericClientConstructor(echoDefinition, 'Echo') as unknown as {
  new (
    address: string,
    credentials: grpc.ChannelCredentials,
    options?: Partial<grpc.ClientOptions>,
  ): EchoClient;
  readonly service: grpc.ServiceDefinition;
};
