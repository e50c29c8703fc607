// A half-close says that a stream has ended. Only `finish` says that the file is complete.
import { createHash } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { type IterableHandlers, StatusError } from 'grpc-iterables';
import type { FileTransferHandlers } from 'proto/gen/files/FileTransfer';

/** @param files gets each file by its name */
export function receiveInto(files: Map<string, Buffer>): IterableHandlers<FileTransferHandlers>['Upload'] {
  const open = new Map<string, Buffer>();
  return async (requests) => {
    let name = '';
    let id = '';
    for await (const { start, chunk, finish } of requests) {
      if (start) ({ name, uploadId: id } = start);
      const content = open.get(id) ?? Buffer.alloc(0);
      if (chunk) {
        const fresh = chunk.data.subarray(Math.max(0, content.length - Number(chunk.offset)));
        if (Number(chunk.offset) > content.length) {
          throw new StatusError(status.OUT_OF_RANGE, `a gap: ${chunk.offset} is beyond ${content.length}`);
        }
        open.set(id, Buffer.concat([content, fresh]));
      }
      if (finish) {
        open.delete(id);
        const digest = createHash('sha256').update(content).digest();
        if (Number(finish.size) !== content.length || !digest.equals(finish.sha256)) {
          throw new StatusError(status.DATA_LOSS, 'other bytes have arrived than were sent');
        }
        files.set(name, content);
        return { committedSize: content.length, file: { name, size: content.length } };
      }
    }
    return { committedSize: open.get(id)?.length ?? 0 };
  };
}
