// Turns values of the contract into values of the store, and back. An int64 is a decimal string in the contract and a number in the store.
import type { File } from 'proto/gen/files/File';
import type { UploadStatus } from 'proto/gen/files/UploadStatus';
import { FileError } from './file-error.ts';
import type { FileInfo } from './file-store.ts';
import type { UploadProgress } from './uploads.ts';

/** An int64 as a number, which is exact up to 8 PiB. */
export function sizeFrom(int64: string): number {
  const size = Number(int64);
  if (Number.isSafeInteger(size)) return size;
  throw new FileError('invalid', `${int64} is too large for a size or an offset`);
}

export function fileMessage({ name, size, version, sha256, modified }: FileInfo): File {
  return { name, size, version, sha256: sha256 ?? Buffer.alloc(0), modifiedMs: modified.getTime() };
}

export function statusMessage({ committed, file }: UploadProgress): UploadStatus {
  return { committedSize: committed, ...(file ? { file: fileMessage(file) } : {}) };
}
