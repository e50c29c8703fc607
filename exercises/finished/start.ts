// file-transfer: Publish an upload when it is finished, and not when its stream ends.
//
// This handler publishes what has arrived when the client half-closes. A client that stops in the middle and half-closes leaves an incomplete
// file. Change it:
// 1. Publish the file only when `finish` arrives with the right size and SHA-256. If one of them is wrong, throw a StatusError with
//    DATA_LOSS, and forget the upload.
// 2. Without a `finish`, keep what has arrived, and answer how much that is in `committedSize`. A later call with the same `uploadId` continues.
// 3. Skip the bytes of a chunk that you have already. Refuse a chunk that leaves a gap with OUT_OF_RANGE.
//
// You need: import { createHash } from 'node:crypto', { status } from '@grpc/grpc-js', and StatusError from 'grpc-iterables'.
import type { IterableHandlers } from 'grpc-iterables';
import type { FileTransferHandlers } from 'proto/gen/files/FileTransfer';

/** @param files gets each file by its name */
export function receiveInto(files: Map<string, Buffer>): IterableHandlers<FileTransferHandlers>['Upload'] {
  return async (requests) => {
    let name = '';
    let content = Buffer.alloc(0);
    for await (const { start, chunk } of requests) {
      if (start) name = start.name;
      if (chunk) content = Buffer.concat([content, chunk.data]);
    }
    files.set(name, content);
    return { committedSize: content.length, file: { name, size: content.length } };
  };
}
