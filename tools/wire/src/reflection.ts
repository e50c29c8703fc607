// Methods as the server itself describes them: https://github.com/grpc/grpc/blob/master/doc/server-reflection.md
import type { ConnectionOptions } from 'node:tls';
import { connect, type IterableClient, StatusError } from 'grpc-iterables';
import { ServerReflection, ServerReflectionAlpha } from 'proto';
import type { ServerReflectionClient } from 'proto/gen/grpc/reflection/v1/ServerReflection';
import type { ServerReflectionRequest } from 'proto/gen/grpc/reflection/v1/ServerReflectionRequest';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor/index.js';
import { type FindMethod, methodsOf } from './message-types.ts';

const PATIENCE = 2000;
const AGAIN_AFTER = 10_000;
const MOST_FILES = 1000;

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
 * seconds. A server that does not answer, or has no reflection, has no methods.
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
      } catch (error) {
        // Not there, or without reflection: messages are shown by their field numbers.
        if (!(error instanceof StatusError)) throw error;
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

/** The descriptors of all services, and of all that they import. */
async function allFiles(client: Client): Promise<Uint8Array[]> {
  const files = new Map<string, Uint8Array>();
  const imports = new Set<string>();
  function add(bytes: Uint8Array): void {
    const file = descriptor.FileDescriptorProto.decode(bytes) as unknown as FileDescriptor;
    files.set(file.name, bytes);
    for (const name of file.dependency) imports.add(name);
  }
  const [list] = await answers(client, [{ listServices: '' }]);
  const services = list?.listServicesResponse?.service ?? [];
  const requests = services.slice(0, MOST_FILES).map(({ name }) => ({ fileContainingSymbol: name }));
  for (const answer of await answers(client, requests))
    for (const bytes of answer.fileDescriptorResponse?.fileDescriptorProto ?? []) add(bytes);
  // Some servers answer with the imports of a file, some without. A set hands out what is added while it is read.
  for (const name of imports) {
    if (files.has(name) || files.size >= MOST_FILES) continue;
    const [answer] = await answers(client, [{ fileByFilename: name }]);
    for (const bytes of answer?.fileDescriptorResponse?.fileDescriptorProto ?? []) add(bytes);
  }
  return [...files.values()];
}

async function answers(client: Client, requests: ServerReflectionRequest[]) {
  const all = [];
  for await (const answer of client.serverReflectionInfo(requests, { timeout: PATIENCE })) all.push(answer);
  return all;
}

// The extension adds this function, and its types don't say so.
const { fromDescriptor } = protobuf.Root as unknown as {
  fromDescriptor(files: protobuf.Message): protobuf.Root;
};

function rootOf(files: Uint8Array[]): protobuf.Root {
  const file = files.map((bytes) => descriptor.FileDescriptorProto.decode(bytes));
  return fromDescriptor(descriptor.FileDescriptorSet.create({ file }));
}
