// A strict client of reflection, for tests.
import assert from 'node:assert/strict';
import { createFileRegistry, type FileRegistry, fromBinary } from '@bufbuild/protobuf';
import { type FileDescriptorProto, FileDescriptorProtoSchema } from '@bufbuild/protobuf/wkt';
import type { ServiceDefinition } from '@grpc/grpc-js';
import { connect, defineService, type IterableClient, type Service } from 'grpc-iterables';
import { ServerReflection } from 'proto';
import type { ServerReflectionClient } from 'proto/gen/grpc/reflection/v1/ServerReflection';
import type { ServerReflectionRequest } from 'proto/gen/grpc/reflection/v1/ServerReflectionRequest';
import type { ServerReflectionResponse__Output as Answer } from 'proto/gen/grpc/reflection/v1/ServerReflectionResponse';

/** A service whose methods are never called. */
export function unused(definition: ServiceDefinition): Service {
  const handlers = Object.fromEntries(Object.keys(definition).map((name) => [name, () => assert.fail(name)]));
  return defineService(definition, handlers);
}

type Reflection = Pick<IterableClient<ServerReflectionClient>, 'serverReflectionInfo'> & AsyncDisposable;

/** The answers to these requests, all in one stream. */
export async function ask(
  client: string | Reflection,
  requests: ServerReflectionRequest[],
): Promise<Answer[]> {
  await using reflection: Reflection =
    typeof client === 'string' ? connect(ServerReflection, client) : client;
  const answers: Answer[] = [];
  for await (const answer of reflection.serverReflectionInfo(requests)) answers.push(answer);
  return answers;
}

export function filesIn(answer: Answer | undefined): FileDescriptorProto[] {
  const files = answer?.fileDescriptorResponse?.fileDescriptorProto ?? [];
  return files.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes));
}

/** protobuf-es refuses a file whose imports it does not have. */
export function strictRegistry([first, ...others]: FileDescriptorProto[]): FileRegistry {
  assert.ok(first, 'the answer has no file');
  return createFileRegistry(first, (name) => others.find((file) => file.name === name));
}
