import type { FileHandle } from 'node:fs/promises';

/**
 * Writes all of the chunks at a position, in one call if the operating system takes them at once. It may write less,
 * for example when the disk becomes full; the next call then says why.
 */
export async function writeFully(
  handle: FileHandle,
  chunks: Uint8Array[],
  position: number,
): Promise<number> {
  const total = chunks.reduce((sum, { length }) => sum + length, 0);
  let { bytesWritten: done } = await handle.writev(chunks, position);
  if (done === total) return total;
  const all = Buffer.concat(chunks);
  while (done < total) done += (await handle.write(all, done, total - done, position + done)).bytesWritten;
  return total;
}
