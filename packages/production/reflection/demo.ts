// Reflection: a client that knows nothing but the address asks what the server offers. Start it with `pnpm production:reflection`.
import { readFile } from 'node:fs/promises';
import { createFileRegistry, fromBinary, ScalarType } from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import { connect, defineService, serve } from 'grpc-iterables';
import { ServerReflection, ServerStream } from 'proto';
import type { ServerStreamHandlers } from 'proto/gen/stream/ServerStream';
import { reflectionOf } from './reflection.ts';

// #region server
const powers = defineService<ServerStreamHandlers>(ServerStream.service, {
  async *Pow({ number }) {
    yield { number };
  },
});
const descriptors = await readFile(new URL('./descriptors.binpb', import.meta.url));
const server = await serve([powers, ...reflectionOf([powers], descriptors)]);
// #endregion server

// #region client
await using reflection = connect(ServerReflection, server.address);
const questions = [{ listServices: '' }, { fileContainingSymbol: 'stream.ServerStream' }];
for await (const answer of reflection.serverReflectionInfo(questions)) {
  for (const { name } of answer.listServicesResponse?.service ?? []) console.log(`service ${name}`);
  const [bytes] = answer.fileDescriptorResponse?.fileDescriptorProto ?? [];
  if (!bytes) continue;
  const file = fromBinary(FileDescriptorProtoSchema, bytes);
  // The second argument would look up the imports of the file. This file has none.
  const methods = createFileRegistry(file, () => undefined).getService('stream.ServerStream')?.methods ?? [];
  for (const { name, input, output, methodKind } of methods)
    console.log(`method ${name}, ${methodKind}: ${input.typeName} to ${output.typeName}`);
  for (const { name, fields } of methods.map(({ input }) => input)) {
    const types = fields.map((field) => `${field.name} (${ScalarType[field.scalar ?? 0]})`);
    console.log(`message ${name}: ${types.join(', ')}`);
  }
}
// #endregion client
await server.shutdown();
