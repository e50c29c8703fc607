// A `yield` returns when the call wants the next message, so the line after it counts the messages that were taken. An error inside the generator cancels
// the call.
import type { IterableClient } from 'grpc-iterables';
import type { ClientStreamClient } from 'proto/gen/stream/ClientStream';

/** Resolves with the server's sum. */
export async function upload(
  client: IterableClient<ClientStreamClient>,
  source: AsyncIterable<string>,
  progress: (sent: number) => void,
): Promise<string> {
  async function* requests() {
    let sent = 0;
    for await (const data of source) {
      yield { data };
      progress(++sent);
    }
  }
  const { sum } = await client.sum(requests());
  return sum;
}
