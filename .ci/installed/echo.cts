// A service without a .proto, as a code generator for grpc-js would type it.
import {
  type ChannelCredentials,
  type Client,
  type ClientReadableStream,
  type handleServerStreamingCall,
  makeClientConstructor,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';

export interface Text {
  text: string;
}
export interface EchoHandlers extends UntypedServiceImplementation {
  Repeat: handleServerStreamingCall<Text, Text>;
}
export interface EchoClient extends Client {
  repeat(argument: Text): ClientReadableStream<Text>;
  Repeat(argument: Text): ClientReadableStream<Text>;
}

const serialize = (value: Text) => Buffer.from(JSON.stringify(value));
const deserialize = (bytes: Buffer): Text => JSON.parse(String(bytes));
export const definition: ServiceDefinition<EchoHandlers> = {
  Repeat: {
    path: '/echo.Echo/Repeat',
    originalName: 'repeat',
    requestStream: false,
    responseStream: true,
    requestSerialize: serialize,
    requestDeserialize: deserialize,
    responseSerialize: serialize,
    responseDeserialize: deserialize,
  },
};
export const Echo = makeClientConstructor(definition, 'Echo') as unknown as {
  new (address: string, credentials: ChannelCredentials, options?: object): EchoClient;
  readonly service: ServiceDefinition<EchoHandlers>;
};
