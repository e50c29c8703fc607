// client-stream: Upload with a progress that is true.
//
// This upload reads the whole source into memory, and tells of progress before anything is sent. Mend it:
// 1. Take the next number from the source when the call takes one, so that a slow server holds back the source.
// 2. After each, say how many have been handed to the call.
// 3. If the source fails, so does the upload, with the same error; the server must not take it for a complete one.
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
