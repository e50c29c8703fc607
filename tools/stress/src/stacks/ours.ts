import * as grpc from '@grpc/grpc-js';
import { connect, defineService, StatusError, serve } from 'grpc-iterables';
import { Stress } from 'proto';
import type { StressHandlers } from 'proto/gen/stress/Stress';
import { keepalive, type Stack } from '../stack.ts';

export const ours: Stack = {
  async serve(handlers, certificates) {
    const service = defineService<StressHandlers>(
      Stress.service,
      {
        Unary: handlers.unary,
        Download: handlers.download,
        Upload: handlers.upload,
        Exchange: handlers.exchange,
      },
      { onError: () => {} },
    );
    const server = await serve([service], {
      gracePeriod: 50,
      ...(certificates ? { tls: { ...certificates, requestCert: true } } : {}),
      channelOptions: keepalive,
    });
    return { address: server.address, close: server.shutdown };
  },
  connect(address, certificates) {
    const client = connect(Stress, address, {
      tls: certificates,
      keepalive: {
        interval: keepalive['grpc.keepalive_time_ms'],
        timeout: keepalive['grpc.keepalive_timeout_ms'],
      },
    });
    return { client, close: () => void client.close() };
  },
  notFound: () => new StatusError(grpc.status.NOT_FOUND, 'as planned'),
  codeOf: (error) => (error instanceof StatusError ? grpc.status[error.code] : undefined),
};
