import {
  createFileRegistry,
  type DescFile,
  type FileRegistry,
  fromBinary,
  toBinary,
} from '@bufbuild/protobuf';
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';

/** What the .proto files of a server declare, to be looked up as reflection does. */
export interface Descriptors {
  fileNamed(name: string): DescFile | undefined;
  /** The file that declares a service, method, message, field, oneof, enum, enum value or extension. */
  fileOf(symbol: string): DescFile | undefined;
  fileOfExtension(type: string, number: number): DescFile | undefined;
  /** The numbers of a message type's extensions; undefined if there is no such type. */
  extensionsOf(type: string): number[] | undefined;
  /** A FileDescriptorProto. */
  bytesOf(file: DescFile): Buffer;
}

/**
 * Reads a descriptor set, as `protoc --include_imports --descriptor_set_out` writes it.
 *
 * @throws Error if an import is missing in it
 */
export function readDescriptors(descriptorSet: Uint8Array): Descriptors {
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptorSet));
  const files = new Map<string, DescFile>();
  const extensions = new Map<string, Map<number, DescFile>>();
  for (const declared of registry) {
    for (const symbol of symbolsOf(declared)) files.set(symbol, declared.file);
    if (declared.kind !== 'extension') continue;
    const { typeName } = declared.extendee;
    const ofType = extensions.get(typeName) ?? new Map<number, DescFile>();
    extensions.set(typeName, ofType.set(declared.number, declared.file));
  }
  const byName = new Map([...registry.files].map((file) => [file.proto.name, file]));
  const bytes = new Map(
    [...registry.files].map((file) => [file, Buffer.from(toBinary(FileDescriptorProtoSchema, file.proto))]),
  );
  return {
    fileNamed: (name) => byName.get(name),
    fileOf: (symbol) => files.get(symbol),
    fileOfExtension: (type, number) => extensions.get(type)?.get(number),
    extensionsOf(type) {
      if (!registry.getMessage(type)) return undefined;
      return [...(extensions.get(type)?.keys() ?? [])];
    },
    bytesOf: (file) => bytes.get(file) ?? Buffer.alloc(0),
  };
}

type Declared = FileRegistry extends Iterable<infer Type> ? Type : never;

/** A type's full name, and those of its members. */
function symbolsOf(declared: Declared): string[] {
  const { typeName } = declared;
  const inside = (members: { name: string }[]) => members.map(({ name }) => `${typeName}.${name}`);
  switch (declared.kind) {
    case 'message':
      return [typeName, ...inside([...declared.fields, ...declared.oneofs])];
    case 'service':
      return [typeName, ...inside(declared.methods)];
    case 'enum': {
      // The values of an enum have their names beside it, not inside.
      const scope = typeName.slice(0, typeName.lastIndexOf('.') + 1);
      return [typeName, ...declared.values.map(({ name }) => scope + name)];
    }
    case 'extension':
      return [typeName];
  }
}

/** A file and all that it imports, itself first, each once. */
export function withImports(file: DescFile): Set<DescFile> {
  const files = new Set([file]);
  // A set hands out what is added while it is read.
  for (const { dependencies } of files) for (const dependency of dependencies) files.add(dependency);
  return files;
}
