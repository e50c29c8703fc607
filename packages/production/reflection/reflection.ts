import type { DescFile } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { defineService, type Service } from 'grpc-iterables';
import { ServerReflection, ServerReflectionAlpha } from 'proto';
import type { ServerReflectionHandlers } from 'proto/gen/grpc/reflection/v1/ServerReflection';
import type { ServerReflectionRequest__Output as Request } from 'proto/gen/grpc/reflection/v1/ServerReflectionRequest';
import type { ServerReflectionResponse as Response } from 'proto/gen/grpc/reflection/v1/ServerReflectionResponse';
import { type Descriptors, readDescriptors, withImports } from './descriptors.ts';

/**
 * The reflection service of a server, as v1 and as v1alpha, which many tools ask for first.
 *
 * @param services what the server serves; reflection itself is added to the list
 * @param descriptorSet of all their .proto files and imports
 * @throws Error if the descriptor set lacks a service or an import
 *
 * @example
 * const services = [orders, prices];
 * await serve([...services, ...reflectionOf(services, await readFile('descriptors.binpb'))]);
 */
export function reflectionOf(services: Service[], descriptorSet: Uint8Array): Service[] {
  const descriptors = readDescriptors(descriptorSet);
  const definitions = [
    ...services.map(({ definition }) => definition),
    ServerReflection.service,
    ServerReflectionAlpha.service,
  ];
  const names = [...new Set(definitions.flatMap(Object.values).map(({ path }) => path.split('/')[1] ?? ''))];
  const missing = names.find((name) => !descriptors.fileOf(name));
  if (missing !== undefined)
    throw new Error(`the descriptor set has no service ${missing}: write it again with protoc`);

  const handlers: Parameters<typeof defineService<ServerReflectionHandlers>>[1] = {
    async *ServerReflectionInfo(requests) {
      const sent = new Set<DescFile>();
      for await (const request of requests) {
        const { host: validHost } = request;
        yield { validHost, originalRequest: request, ...answerTo(request, names, descriptors, sent) };
      }
    },
  };
  return [ServerReflection.service, ServerReflectionAlpha.service].map((definition) =>
    defineService<ServerReflectionHandlers>(definition, handlers),
  );
}

/** @param sent the files that the client has; those of the answer are added */
function answerTo(
  request: Request,
  names: string[],
  descriptors: Descriptors,
  sent: Set<DescFile>,
): Response {
  const { fileByFilename = '', fileContainingSymbol = '', allExtensionNumbersOfType: type = '' } = request;
  switch (request.messageRequest) {
    case 'listServices':
      return { listServicesResponse: { service: names.map((name) => ({ name })) } };
    case 'fileByFilename':
      return fileAnswer(descriptors.fileNamed(fileByFilename), `file "${fileByFilename}"`);
    case 'fileContainingSymbol':
      return fileAnswer(descriptors.fileOf(fileContainingSymbol), `symbol "${fileContainingSymbol}"`);
    case 'fileContainingExtension': {
      const { containingType = '', extensionNumber = 0 } = request.fileContainingExtension ?? {};
      const file = descriptors.fileOfExtension(containingType, extensionNumber);
      return fileAnswer(file, `extension ${extensionNumber} of "${containingType}"`);
    }
    case 'allExtensionNumbersOfType': {
      const numbers = descriptors.extensionsOf(type);
      if (!numbers) return failure(status.NOT_FOUND, `no message type "${type}"`);
      return { allExtensionNumbersResponse: { baseTypeName: type, extensionNumber: numbers } };
    }
    default:
      return failure(status.INVALID_ARGUMENT, 'the request asks for nothing that this server knows');
  }

  function fileAnswer(file: DescFile | undefined, what: string): Response {
    if (!file) return failure(status.NOT_FOUND, `no ${what}`);
    const files = [...withImports(file)].filter((one) => one === file || !sent.has(one));
    for (const one of files) sent.add(one);
    return { fileDescriptorResponse: { fileDescriptorProto: files.map(descriptors.bytesOf) } };
  }
}

/** Only this request failed: the stream continues. */
function failure(errorCode: status, errorMessage: string): Response {
  return { errorResponse: { errorCode, errorMessage } };
}
