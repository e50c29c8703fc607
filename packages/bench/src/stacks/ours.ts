import { status } from '@grpc/grpc-js';
import { connect, defineService, StatusError, serve } from 'grpc-iterables';
import { Bench } from 'proto';
import type { BenchHandlers } from 'proto/gen/bench/Bench';
import { clientOf, handlersOf } from '../iterables.ts';
import type { Stack } from '../stack.ts';

const handlers = handlersOf(() => new StatusError(status.ABORTED, 'as ordered'));

export const ours: Stack = {
  async serve() {
    const service = defineService<BenchHandlers>(Bench.service, {
      Unary: handlers.unary,
      Download: handlers.download,
      Upload: handlers.upload,
      Exchange: handlers.exchange,
      DownloadPacked: handlers.downloadPacked,
      UploadPacked: async (messages) => ({ sum: String((await handlers.uploadPacked(messages)).sum) }),
    });
    return (await serve([service])).address;
  },
  connect(address) {
    const client = connect(Bench, address);
    return clientOf(
      client,
      () => void client.close(),
      () => this.connect(address),
    );
  },
};
