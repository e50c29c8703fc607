import * as grpc from '@grpc/grpc-js';
import { defineService, iterableClient, StatusError, serve, streamingChannelOptions } from 'grpc-iterables';
import { Stress } from 'proto';
import type { StressHandlers } from 'proto/gen/stress/Stress';
import { type Certificates, keepalive, type Stack } from '../stack.ts';

function clientCredentials(certificates: Certificates | undefined): grpc.ChannelCredentials {
  if (!certificates) return grpc.credentials.createInsecure();
  const { ca, key, cert } = certificates;
  return grpc.credentials.createSsl(Buffer.from(ca), Buffer.from(key), Buffer.from(cert));
}

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
    const client = new Stress(address, clientCredentials(certificates), {
      ...streamingChannelOptions,
      ...keepalive,
    });
    return { client: iterableClient(client, Stress.service), close: () => client.close() };
  },
  notFound: () => new StatusError(grpc.status.NOT_FOUND, 'as planned'),
  codeOf: (error) => (error instanceof StatusError ? grpc.status[error.code] : undefined),
};
