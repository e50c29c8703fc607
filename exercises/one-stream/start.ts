// reflection: Ask all questions in one stream, also those that follow from an answer.
//
// A client of reflection first asks for the list of services. Then it asks for the files of each service. This function makes a new call for each
// question. Change it:
// 1. Make one call. Its first request has `listServices: ''`.
// 2. When the list has arrived, send a request with `fileContainingSymbol` for each service of the list.
// 3. Close the requests then, so that the call can end. An answer without `fileDescriptorResponse` is an error: such a service has 0 files.
import type { IterableClient } from 'grpc-iterables';
import type { ServerReflectionClient } from 'proto/gen/grpc/reflection/v1/ServerReflection';

/** How many files the server has for each of its services, by the name of the service. */
export async function filesOf(
  reflection: Pick<IterableClient<ServerReflectionClient>, 'serverReflectionInfo'>,
): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  for await (const { listServicesResponse } of reflection.serverReflectionInfo([{ listServices: '' }]))
    for (const { name } of listServicesResponse?.service ?? [])
      for await (const answer of reflection.serverReflectionInfo([{ fileContainingSymbol: name }]))
        files.set(name, answer.fileDescriptorResponse?.fileDescriptorProto.length ?? 0);
  return files;
}
