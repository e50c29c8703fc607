// client-stream: Upload a stream, and report only what the call has taken.
//
// This function reads the whole source into memory, and it reports progress before anything is sent. Change it:
// 1. Take the next number from the source when the call can take it. So a slow server slows down the source.
// 2. After each number, report how many numbers the call has taken.
// 3. If the source fails, the upload fails with the same error. The server must not see a complete upload.
import type { IterableClient } from 'grpc-iterables';
import type { ClientStreamClient } from 'proto/gen/stream/ClientStream';

/** Resolves with the server's sum. */
export async function upload(
  client: IterableClient<ClientStreamClient>,
  source: AsyncIterable<string>,
  progress: (sent: number) => void,
): Promise<string> {
  const requests: { data: string }[] = [];
  try {
    for await (const data of source) {
      requests.push({ data });
      progress(requests.length);
    }
  } catch {
    console.error('the source failed; uploading what there is');
  }
  const { sum } = await client.sum(requests);
  return sum;
}
