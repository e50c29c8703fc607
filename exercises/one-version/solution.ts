// The version belongs to the bytes: both are kept together, and both are forgotten together.
import { createHash } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { type IterableClient, StatusError } from 'grpc-iterables';
import type { FileTransferClient } from 'proto/gen/files/FileTransfer';

/** Resolves with the content of a file. */
export async function fetchFile(client: IterableClient<FileTransferClient>, name: string): Promise<Buffer> {
  let content = Buffer.alloc(0);
  let version = '';
  for (;;) {
    const hash = createHash('sha256');
    try {
      for await (const { file, data, end } of client.download({ name, offset: content.length, version })) {
        if (file) version = file.version;
        if (data) {
          hash.update(data);
          content = Buffer.concat([content, data]);
        }
        if (end && !hash.digest().equals(end.sha256)) {
          throw new StatusError(status.DATA_LOSS, `${name} did not arrive as it was sent`);
        }
      }
      return content;
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      if (error.code === status.FAILED_PRECONDITION) {
        content = Buffer.alloc(0);
        version = '';
      } else if (error.code !== status.UNAVAILABLE) throw error;
    }
  }
}
