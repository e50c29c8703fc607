import type { ServiceDefinition } from '@grpc/grpc-js';
import { streamingChannelOptions } from 'grpc-iterables';
import { createChannel, createClient, createServer } from 'nice-grpc';
import { Bench } from 'proto';
import { clientOf, handlers, type IterableMethods } from '../iterables.ts';
import type { Stack } from '../stack.ts';

type Capitalized<Methods> = { [Name in keyof Methods as Capitalize<Name & string>]: Methods[Name] };

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
    // Without its retry buffer grpc-js is no slower, and long uploads end at all.
    const channel = createChannel(address, undefined, streamingChannelOptions);
    // A definition that was loaded has no static types; the .proto is the one that IterableMethods follows.
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
    );
  },
};
