import type { Channel, ServiceDefinition } from '@grpc/grpc-js';
import { streamingChannelOptions } from 'grpc-iterables';
import { http2Channel } from 'http2-channel';
import { createChannel, createClient, createServer, ServerError, Status } from 'nice-grpc';
import { Bench } from 'proto';
import { clientOf, handlersOf, type IterableMethods } from '../iterables.ts';
import type { BenchClient, Stack } from '../stack.ts';

type Capitalized<Methods> = { [Name in keyof Methods as Capitalize<Name & string>]: Methods[Name] };

const handlers = handlersOf(() => new ServerError(Status.ABORTED, 'as ordered'));

function clientOn(channel: Channel, another: () => ReturnType<Stack['connect']>): BenchClient {
  // A definition that was loaded has no static types. It comes from the .proto of IterableMethods.
  const untyped: unknown = createClient(Bench.service, channel);
  const methods = untyped as Capitalized<IterableMethods>;
  return clientOf(
    {
      unary: methods.Unary,
      download: methods.Download,
      upload: methods.Upload,
      exchange: methods.Exchange,
      downloadPacked: methods.DownloadPacked,
      uploadPacked: methods.UploadPacked,
    },
    () => channel.close(),
    another,
  );
}

export const niceGrpc: Stack = {
  async serve() {
    const server = createServer();
    server.add(Bench.service as ServiceDefinition, {
      Unary: handlers.unary,
      Download: handlers.download,
      Upload: handlers.upload,
      Exchange: handlers.exchange,
      DownloadPacked: handlers.downloadPacked,
      UploadPacked: async (messages: AsyncIterable<{ numbers: Uint8Array }>) => ({
        sum: String((await handlers.uploadPacked(messages)).sum),
      }),
    });
    return `127.0.0.1:${await server.listen('127.0.0.1:0')}`;
  },
  connect(address) {
    // Without its retry buffer grpc-js is not slower. With it, long uploads take very long.
    const options = { ...streamingChannelOptions, 'grpc.use_local_subchannel_pool': 1 };
    return clientOn(createChannel(address, undefined, options), () => this.connect(address));
  },
};

/** The same client and server, with the channel of `connect`. */
export const niceGrpcOnHttp2Channel: Stack = {
  serve: niceGrpc.serve,
  connect(address) {
    // The type is grpc-js's class, but nice-grpc uses only its interface.
    const channel: unknown = http2Channel(address);
    return clientOn(channel as Channel, () => this.connect(address));
  },
};
