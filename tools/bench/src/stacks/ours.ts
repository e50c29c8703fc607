import { status } from '@grpc/grpc-js';
import { connect, defineService, type Middleware, StatusError, serve } from 'grpc-iterables';
import { Bench } from 'proto';
import type { BenchHandlers } from 'proto/gen/bench/Bench';
import { clientOf, handlersOf } from '../iterables.ts';
import type { Stack } from '../stack.ts';

const handlers = handlersOf(() => new StatusError(status.ABORTED, 'as ordered'));

const service = defineService<BenchHandlers>(Bench.service, {
  Unary: handlers.unary,
  Download: handlers.download,
  Upload: handlers.upload,
  Exchange: handlers.exchange,
  DownloadPacked: handlers.downloadPacked,
  UploadPacked: async (messages) => ({ sum: String((await handlers.uploadPacked(messages)).sum) }),
});

export const ours: Stack = {
  serve: async () => (await serve([service])).address,
  connect(address) {
    const client = connect(Bench, address);
    return clientOf(
      client,
      () => void client.close(),
      () => this.connect(address),
    );
  },
};

const passThrough = <Context>(): Middleware<Context>[] => [
  async function* (call, next) {
    yield* next(call);
  },
];

/** With an empty middleware on each side, to measure the cost of a middleware. */
export const oursWithMiddleware: Stack = {
  does: ['download', 'upload', 'exchange'],
  serve: async () => (await serve([service], { middleware: passThrough() })).address,
  connect(address) {
    const client = connect(Bench, address, { middleware: passThrough() });
    return clientOf(
      client,
      () => void client.close(),
      () => this.connect(address),
    );
  },
};
