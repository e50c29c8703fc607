import * as grpc from '@grpc/grpc-js';
import { defineService, iterableClient, StatusError, serve, streamingChannelOptions } from 'grpc-iterables';
import { Stress } from 'proto';
import type { StressHandlers } from 'proto/gen/stress/Stress';
import { type Certificates, keepalive, type Stack } from '../stack.ts';

function serverCredentials(certificates: Certificates | undefined): grpc.ServerCredentials {
  if (!certificates) return grpc.ServerCredentials.createInsecure();
  const { ca, cert, key } = certificates;
  return grpc.ServerCredentials.createSsl(ca, [{ cert_chain: cert, private_key: key }], true);
}

function clientCredentials(certificates: Certificates | undefined): grpc.ChannelCredentials {
  if (!certificates) return grpc.credentials.createInsecure();
  return grpc.credentials.createSsl(certificates.ca, certificates.key, certificates.cert);
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
      credentials: serverCredentials(certificates),
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
