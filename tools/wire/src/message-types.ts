import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { UsageError } from 'cli';
import { protoFiles, protoRoot } from 'proto/files';
import protobuf from 'protobufjs';

/** What a method takes and returns. */
export interface MethodTypes {
  readonly request: protobuf.Type | undefined;
  readonly response: protobuf.Type | undefined;
}

/** Finds a method by its path, `/package.Service/Method`. */
export type FindMethod = (path: string) => MethodTypes | undefined;

/** The methods of all services below a root of protobufjs. */
export function methodsOf(root: protobuf.Root): FindMethod {
  root.resolveAll();
  const methods = new Map<string, MethodTypes>();
  function add(namespace: protobuf.NamespaceBase): void {
    if (namespace instanceof protobuf.Service) {
      for (const method of namespace.methodsArray) {
        method.resolve();
        const { resolvedRequestType, resolvedResponseType, name } = method;
        methods.set(`/${namespace.fullName.slice(1)}/${name}`, {
          request: resolvedRequestType ?? undefined,
          response: resolvedResponseType ?? undefined,
        });
      }
    }
    for (const inner of namespace.nestedArray) if (inner instanceof protobuf.Namespace) add(inner);
  }
  add(root);
  return (path) => methods.get(path);
}

/** Asks each in turn. */
export function firstOf(...finders: FindMethod[]): FindMethod {
  return (path) => {
    for (const find of finders) {
      const found = find(path);
      if (found) return found;
    }
    return undefined;
  };
}

/**
 * The methods in .proto files. An import is looked for beside its file, in the folders above it, and among the
 * project's own files.
 *
 * @throws UsageError if a file can't be read or parsed
 */
export function methodsInFiles(files: readonly string[]): FindMethod {
  const root = new protobuf.Root();
  root.resolvePath = (origin, target) => {
    if (isAbsolute(target)) return target;
    const places = [...foldersAbove(resolve(origin)), protoRoot].map((folder) => join(folder, target));
    return places.find((place) => existsSync(place)) ?? target;
  };
  try {
    root.loadSync(
      files.map((file) => resolve(file)),
      { keepCase: true },
    );
    return methodsOf(root);
  } catch (error) {
    throw new UsageError(
      `cannot read ${files.join(', ')}: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...foldersAbove(folder)];
}

/** The methods of this project. */
export function methodsOfProject(): FindMethod {
  return methodsInFiles(protoFiles.map((file) => join(protoRoot, file)));
}
