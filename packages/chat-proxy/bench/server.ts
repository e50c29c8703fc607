// A server that does almost nothing, so that the benchmark measures the way to it.
import { runServer } from 'cli';
import { defineService } from 'grpc-iterables';
import { Messanger } from 'proto';
import type { MessangerHandlers } from 'proto/gen/messanger/Messanger';

const service = defineService<MessangerHandlers>(Messanger.service, {
  GetInfo: async () => ({}),
  /** As many messages as `idChannel` says, each as long as the header `size`. */
  async *JoinChannel({ idChannel }, { metadata }) {
    const message = 'x'.repeat(Number(metadata.get('size')[0]));
    for (let sent = 0; sent < idChannel; sent++) yield { message };
  },
  async StartChannel(requests) {
    for await (const _ of requests);
    return {};
  },
  JoinChat: (requests) => requests,
});

await runServer({ name: 'bench', serving: 'the bench', port: 0, services: () => [service] });
