import { fileURLToPath } from 'node:url';

/** Where imports between .proto files are looked up. */
export const protoRoot = fileURLToPath(new URL('.', import.meta.url));

/** Every .proto of the project, relative to `protoRoot`. */
export const protoFiles = [
  'stream/server_stream.proto',
  'stream/client_stream.proto',
  'stream/bidirectional_stream.proto',
  'stream/prices.proto',
  'greetering.proto',
  'google/rpc/status.proto',
  'google/rpc/error_details.proto',
  'stress.proto',
  'bench.proto',
  'exercises.proto',
  'interop.proto',
  'messanger.proto',
  'proxy.proto',
  'chatserver.proto',
  'websocket.proto',
  'file_transfer.proto',
  'watch.proto',
  'work_queue.proto',
  'grpc/health/v1/health.proto',
  'grpc/reflection/v1/reflection.proto',
  'grpc/reflection/v1alpha/reflection_v1alpha.proto',
];

/** How messages look in JavaScript; the loader and the generated types have to agree. */
export const messageOptions = {
  // As decimal strings: a JavaScript number rounds beyond 2 ** 53.
  longs: String,
  enums: String,
  defaults: true,
  oneofs: true,
};
