// The client libraries, each of which runs every case.
import * as grpc from '@grpc/grpc-js';
import { type ConnectOptions, connect, iterableClient, streamingChannelOptions } from 'grpc-iterables';
import { http2Channel } from 'http2-channel';
import { TestService, UnimplementedService } from 'proto';
import type { TestServiceClient } from 'proto/gen/grpc/testing/TestService';
import type { UnimplementedServiceClient } from 'proto/gen/grpc/testing/UnimplementedService';
import { bareClient } from './bare-client.ts';
import type { Caller } from './cases.ts';

const insecure = grpc.credentials.createInsecure();
const gzip = { 'grpc.default_compression_algorithm': grpc.compressionAlgorithms.gzip };

/** `connect`, which is our channel. */
export function ourCaller(address: string): Caller {
  const open = (options?: ConnectOptions) => connect(TestService, address, options);
  const client = open();
  const compressing = open({ compression: 'gzip' });
  const unimplemented = connect(UnimplementedService, address);
  return {
    client,
    compressing,
    unimplemented,
    generated: new TestService('', insecure, {
      channelOverride: http2Channel(address, { compression: 'gzip' }),
    }),
    close() {
      for (const { close } of [client, compressing, unimplemented]) void close();
    },
  };
}

/** grpc-js's channel, with the methods of `connect`. */
export function iterableCaller(address: string): Caller {
  return grpcJsCaller(address, streamingChannelOptions, iterableClient);
}

/** grpc-js alone. */
export function bareCaller(address: string): Caller {
  return grpcJsCaller(address, {}, bareClient);
}

function grpcJsCaller(
  address: string,
  options: grpc.ChannelOptions,
  methodsOf: typeof iterableClient,
): Caller {
  const client = new TestService(address, insecure, options);
  const generated = new TestService(address, insecure, { ...options, ...gzip });
  const unimplemented = new UnimplementedService(address, insecure, options);
  return {
    client: methodsOf<TestServiceClient>(client, TestService.service),
    compressing: methodsOf<TestServiceClient>(generated, TestService.service),
    unimplemented: methodsOf<UnimplementedServiceClient>(unimplemented, UnimplementedService.service),
    generated,
    close() {
      for (const one of [client, generated, unimplemented]) one.close();
    },
  };
}
