import { once } from 'node:events';
import { createServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { create, createFileRegistry, type DescService, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient, type ServiceImpl } from '@connectrpc/connect';
import { connectNodeAdapter, createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { Bench } from 'proto';
import { clientOf, handlersOf, type IterableMethods } from '../iterables.ts';
import type { Stack } from '../stack.ts';

/** The service in the form of protobuf-es, from the same .proto. */
function service(): DescService {
  const file = Bench.service.Unary.requestType.fileDescriptorProtos
    .map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes))
    .filter((descriptor) => descriptor.package === 'bench');
  const found = createFileRegistry(create(FileDescriptorSetSchema, { file })).getService('bench.Bench');
  if (!found) throw new Error('bench.proto has no service Bench');
  return found;
}

const handlers = handlersOf(() => new ConnectError('as ordered', Code.Aborted));

export const connect: Stack = {
  async serve() {
    const routes = connectNodeAdapter({
      routes: (router) => {
        // A registry has no static types. It is loaded from the .proto of the handlers.
        const untyped: unknown = handlers;
        router.service(service(), untyped as ServiceImpl<DescService>);
      },
    });
    const server = createServer(routes).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  connect(address) {
    const baseUrl = `http://${address}`;
    const sessionManager = new Http2SessionManager(baseUrl);
    const untyped: unknown = createClient(service(), createGrpcTransport({ baseUrl, sessionManager }));
    return clientOf(
      untyped as IterableMethods,
      () => sessionManager.abort(),
      () => this.connect(address),
    );
  },
};
