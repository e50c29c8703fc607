// file-transfer: Continue a download after a break, and never mix two versions of a file.
//
// This download continues after a break, from the byte where it stopped. If somebody replaced the file in the meantime, the result
// begins with the old file and ends with the new one. Fix it:
// 1. Continue with the version that the download began with. The server answers FAILED_PRECONDITION if there is another one now.
// 2. Then begin again, with the new file.
// 3. Compare the checksum at the end of each call with the bytes that this call received. If they differ, throw a StatusError
//    with DATA_LOSS.
import { status } from '@grpc/grpc-js';
import { type IterableClient, StatusError } from 'grpc-iterables';
import type { FileTransferClient } from 'proto/gen/files/FileTransfer';

/** Resolves with the content of a file. */
export async function fetchFile(client: IterableClient<FileTransferClient>, name: string): Promise<Buffer> {
  let content = Buffer.alloc(0);
  for (;;) {
    try {
      for await (const { data } of client.download({ name, offset: content.length })) {
        if (data) content = Buffer.concat([content, data]);
      }
      return content;
    } catch (error) {
      if (!(error instanceof StatusError) || error.code !== status.UNAVAILABLE) throw error;
    }
  }
}
