import { createHash, type Hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

const READ_BYTES = 1024 * 1024;

/**
 * The SHA-256 of the first bytes of a file, ready to take more. A hash cannot be stored in a file, so a process that continues
 * reads them again.
 *
 * @param onRead called for each piece; what it throws ends the reading
 */
export async function hashStart(
  handle: FileHandle,
  length: number,
  onRead: () => void = () => {},
): Promise<Hash> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, length));
  for (let position = 0; position < length; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, length - position), position);
    if (bytesRead === 0) throw new Error(`a part of ${length} bytes ends at ${position}`);
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
    onRead();
  }
  return hash;
}
