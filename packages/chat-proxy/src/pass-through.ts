import { dirname } from 'node:path';
import { type MethodDefinition, makeGenericClientConstructor, type ServiceDefinition } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import {
  type CallOptions,
  defineService,
  type Messages,
  type ServerContext,
  type Service,
} from 'grpc-iterables';
import { connectUpstream, type Upstream } from 'upstream';
import { forward, forwardStream } from './forward.ts';

/** The definition of the method says which of the two it returns. */
type BytesCall = (
  requests: Buffer | Messages<Buffer>,
  options: CallOptions,
) => Promise<Buffer> & AsyncIterable<Buffer>;
type BytesCalls<Path extends string = string> = Record<Path, BytesCall>;

const asItIs = (bytes: Buffer) => bytes;

// #region definition
/**
 * Every method of every service in a .proto file and its imports, by path. Messages stay bytes.
 *
 * @throws what proto-loader throws, if the file is missing or is not a .proto
 */
export function bytesDefinition(protoFile: string): ServiceDefinition {
  const loaded = Object.values(loadSync(protoFile, { includeDirs: [dirname(protoFile), '.'] }));
  const methods = loaded
    .filter((definition) => !('format' in definition))
    .flatMap((service): MethodDefinition<Buffer, Buffer>[] => Object.values(service));
  return Object.fromEntries(
    methods.map(({ path, requestStream, responseStream }) => [
      path,
      {
        path,
        requestStream,
        responseStream,
        requestSerialize: asItIs,
        requestDeserialize: asItIs,
        responseSerialize: asItIs,
        responseDeserialize: asItIs,
      },
    ]),
  );
}
// #endregion definition

/** A server, called with the methods of `definition` by their paths. */
export function connectBytes(address: string, definition: ServiceDefinition): Upstream<BytesCalls> {
  const clientClass = makeGenericClientConstructor(definition, 'Bytes');
  // Only the .proto says which method returns what, and it is read at run time.
  return connectUpstream(clientClass, address) as unknown as Upstream<BytesCalls>;
}

// #region pass-through
/** Each call becomes the same call of the upstream; no message is decoded. */
export function passThrough(definition: ServiceDefinition, upstream: Upstream<BytesCalls>): Service {
  const handlers = Object.values(definition).map(({ path, responseStream }) => [
    path,
    responseStream ? streamHandler(path, upstream) : handler(path, upstream),
  ]);
  return defineService(definition, Object.fromEntries(handlers));
}

const handler =
  <Path extends string>(path: Path, upstream: Upstream<BytesCalls<Path>>) =>
  (requests: Buffer | Messages<Buffer>, context: ServerContext) =>
    forward(upstream, context, (calls, options) => calls[path](requests, options));

const streamHandler =
  <Path extends string>(path: Path, upstream: Upstream<BytesCalls<Path>>) =>
  (requests: Buffer | Messages<Buffer>, context: ServerContext) =>
    forwardStream(upstream, context, (calls, options) => calls[path](requests, options));
// #endregion pass-through
