// The requests are a generator that waits for the first answer. The loop over the answers has it, and resolves the promise.
import type { IterableClient } from 'grpc-iterables';
import type { ServerReflectionClient } from 'proto/gen/grpc/reflection/v1/ServerReflection';

/** How many files the server has for each of its services, by the name of the service. */
export async function filesOf(
  reflection: Pick<IterableClient<ServerReflectionClient>, 'serverReflectionInfo'>,
): Promise<Map<string, number>> {
  const files = new Map<string, number>();
  let listed: (names: string[]) => void = () => {};
  const list = new Promise<string[]>((resolve) => {
    listed = resolve;
  });
  async function* questions() {
    yield { listServices: '' };
    for (const name of await list) yield { fileContainingSymbol: name };
  }
  for await (const answer of reflection.serverReflectionInfo(questions())) {
    const { listServicesResponse, originalRequest, fileDescriptorResponse } = answer;
    if (listServicesResponse) listed(listServicesResponse.service.map(({ name }) => name));
    else {
      const name = originalRequest?.fileContainingSymbol ?? '';
      files.set(name, fileDescriptorResponse?.fileDescriptorProto.length ?? 0);
    }
  }
  return files;
}
