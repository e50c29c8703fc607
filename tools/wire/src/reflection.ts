// Methods as the server itself describes them: https://github.com/grpc/grpc/blob/master/doc/server-reflection.md
import type { ConnectionOptions } from 'node:tls';
import { connect, type IterableClient } from 'grpc-iterables';
import { ServerReflection, ServerReflectionAlpha } from 'proto';
import type { ServerReflectionClient } from 'proto/gen/grpc/reflection/v1/ServerReflection';
import type { ServerReflectionRequest } from 'proto/gen/grpc/reflection/v1/ServerReflectionRequest';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor/index.js';
import { type FindMethod, methodsOf } from './message-types.ts';

/** How long all answers together may take, in milliseconds. */
const PATIENCE = 2000;
const AGAIN_AFTER = 10_000;
/** Of all descriptors together, in bytes. Read, they take many times as much. */
const MOST_BYTES = 4 * 1024 * 1024;

interface FileDescriptor {
  readonly name: string;
  readonly dependency: readonly string[];
}

/** The methods that a server describes, and a promise for its first answer. */
export interface Reflection {
  readonly find: FindMethod;
  readonly asked: Promise<void>;
}

/**
 * Asks a server for its methods: now, and again when one is looked for that is not among them, at most every ten
 * seconds. A server has no methods if it does not answer, has no reflection, or describes nothing that can be used.
 */
export function reflectionOf(address: string, tls: ConnectionOptions | undefined): Reflection {
  let known: FindMethod = () => undefined;
  let next = 0;
  async function ask(): Promise<void> {
    next = Date.now() + AGAIN_AFTER;
    for (const version of [ServerReflection, ServerReflectionAlpha]) {
      try {
        await using client = connect(version, address, { tls });
        known = methodsOf(rootOf(await allFiles(client)));
        return;
      } catch {
        // Whatever is wrong with the server or its answers: messages are shown by their field numbers.
      }
    }
  }
  const find: FindMethod = (path) => {
    const method = known(path);
    if (!method && Date.now() > next) void ask();
    return method;
  };
  return { find, asked: ask() };
}

type Client = IterableClient<ServerReflectionClient>;

/**
 * The descriptors of all services, and of all that they import.
 *
 * @throws RangeError if they are too large
 */
async function allFiles(client: Client): Promise<Uint8Array[]> {
  const deadline = new Date(Date.now() + PATIENCE);
  const files = new Map<string, Uint8Array>();
  const imports = new Set<string>();
  const asked = new Set<string>();
  let size = 0;
  function add(bytes: Uint8Array): void {
    size += bytes.length;
    if (size > MOST_BYTES) throw new RangeError(`the descriptors have more than ${MOST_BYTES} bytes`);
    const file = descriptor.FileDescriptorProto.decode(bytes) as unknown as FileDescriptor;
    files.set(file.name, bytes);
    for (const name of file.dependency) imports.add(name);
  }
  async function ask(requests: ServerReflectionRequest[]): Promise<void> {
    for await (const { fileDescriptorResponse } of client.serverReflectionInfo(requests, { deadline }))
      for (const bytes of fileDescriptorResponse?.fileDescriptorProto ?? []) add(bytes);
  }
  const services = await servicesOf(client, deadline);
  await ask(services.map((name) => ({ fileContainingSymbol: name })));
  // Some servers answer with the imports of a file, some without.
  const missing = () => [...imports].filter((name) => !files.has(name) && !asked.has(name));
  for (let names = missing(); names.length > 0; names = missing()) {
    for (const name of names) asked.add(name);
    await ask(names.map((name) => ({ fileByFilename: name })));
  }
  return [...files.values()];
}

async function servicesOf(client: Client, deadline: Date): Promise<string[]> {
  for await (const { listServicesResponse } of client.serverReflectionInfo([{ listServices: '' }], {
    deadline,
  }))
    return listServicesResponse?.service.map(({ name }) => name) ?? [];
  return [];
}

// The extension adds this function, and its types don't say so.
const { fromDescriptor } = protobuf.Root as unknown as {
  fromDescriptor(files: protobuf.Message): protobuf.Root;
};

function rootOf(files: Uint8Array[]): protobuf.Root {
  const file = files.map((bytes) => descriptor.FileDescriptorProto.decode(bytes));
  return fromDescriptor(descriptor.FileDescriptorSet.create({ file }));
}
