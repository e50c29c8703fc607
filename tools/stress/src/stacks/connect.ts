import { once } from 'node:events';
import * as http2 from 'node:http2';
import type { AddressInfo } from 'node:net';
import { create, createFileRegistry, type DescService, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient, type ServiceImpl } from '@connectrpc/connect';
import { connectNodeAdapter, createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { status } from '@grpc/grpc-js';
import { Stress } from 'proto';
import type { Client, Options, Stack } from '../stack.ts';

/** The service in the form of protobuf-es, from the same .proto. */
function service() {
  const files = Stress.service.Unary.requestType.fileDescriptorProtos;
  const file = files
    .map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes))
    .filter((descriptor) => descriptor.package === 'stress');
  const found = createFileRegistry(create(FileDescriptorSetSchema, { file })).getService('stress.Stress');
  if (!found) throw new Error('stress.proto has no service Stress');
  return found;
}

const optionsOf = ({ signal, timeout }: Options) => ({
  ...(signal ? { signal } : {}),
  ...(timeout === undefined ? {} : { timeoutMs: timeout }),
});

export const connect: Stack = {
  async serve(handlers) {
    const routes = connectNodeAdapter({
      routes: (router) => {
        // A registry has no static types. It is loaded from the .proto from which the types of Handlers come.
        const untyped: unknown = handlers;
        router.service(service(), untyped as ServiceImpl<DescService>);
      },
    });
    const sessions = new Set<http2.Http2Session>();
    const server = http2.createServer(routes);
    server.on('session', (session) => {
      sessions.add(session);
      session.on('close', () => sessions.delete(session));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return {
      address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
      async close() {
        server.close();
        for (const session of sessions) session.destroy();
      },
    };
  },
  connect(address) {
    const baseUrl = `http://${address}`;
    const sessionManager = new Http2SessionManager(baseUrl, { pingIntervalMs: 1000, pingTimeoutMs: 1000 });
    const inner: unknown = createClient(service(), createGrpcTransport({ baseUrl, sessionManager }));
    const client = inner as Client;
    return {
      client: {
        unary: (request, options) => client.unary(request, optionsOf(options)),
        download: (request, options) => client.download(request, optionsOf(options)),
        upload: (requests, options) => client.upload(requests, optionsOf(options)),
        exchange: (requests, options) => client.exchange(requests, optionsOf(options)),
      },
      close: () => sessionManager.abort(),
    };
  },
  notFound: () => new ConnectError('as planned', Code.NotFound),
  // Both use the numbers of gRPC's status codes.
  codeOf: (error) => (error instanceof ConnectError ? status[error.code] : undefined),
};
