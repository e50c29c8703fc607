import { createHash } from 'node:crypto';
import { FileError } from './file-error.ts';
import type { OpenFile } from './file-store.ts';

/** Part of a file. */
export interface Range {
  /** The first byte; not beyond the end of the file. */
  readonly offset: number;
  /** How many bytes at most; 0 means all to the end. */
  readonly limit: number;
}

/** What was read. */
export interface RangeEnd {
  readonly size: number;
  /** SHA-256 of the range. */
  readonly sha256: Buffer;
}

/** @throws FileError if the range begins outside of the file */
export function checkRange({ info }: OpenFile, { offset, limit }: Range): void {
  if (offset < 0 || limit < 0) throw new FileError('invalid', 'offset and limit must not be negative');
  if (offset > info.size) {
    throw new FileError('beyond', `${info.name} has ${info.size} bytes; there is nothing at ${offset}`);
  }
}

/**
 * Reads a range of a file chunk by chunk, the next chunk while the reader handles the last one.
 *
 * @returns length and checksum of what was read
 * @throws FileError if the file was changed in place in the meantime
 */
// #region read-range
export async function* readRange(
  file: OpenFile,
  { offset, limit }: Range,
  chunkSize: number,
): AsyncGenerator<Buffer, RangeEnd> {
  const end = limit === 0 ? file.info.size : Math.min(file.info.size, offset + limit);
  const hash = createHash('sha256');
  const readAt = async (position: number) => {
    const length = Math.min(chunkSize, end - position);
    const { bytesRead, buffer } = await file.handle.read(Buffer.allocUnsafeSlow(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  };

  let next = readAt(offset);
  for (let position = offset; position < end; ) {
    const chunk = await next;
    if (chunk.length === 0) break;
    position += chunk.length;
    next = readAt(position);
    // If the reader leaves, nobody awaits this promise. Without a handler its error would end the process.
    next.catch(() => {});
    hash.update(chunk);
    yield chunk;
  }
  await next;
  await file.checkUnchanged();
  return { size: end - offset, sha256: hash.digest() };
}
// #endregion read-range
