import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Source } from './put.ts';

/** Bytes in a message of an upload. */
const CHUNK_BYTES = 256 * 1024;

/** A file whose content is not what it was when the upload began. */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';
}

async function stampOf(handle: FileHandle): Promise<string> {
  const { ino, mtimeNs, size } = await handle.stat({ bigint: true });
  return [ino, mtimeNs, size].join('-');
}

/** Something that is not a file with a length, such as a pipe. */
export class NotAFile extends Error {
  override readonly name = 'NotAFile';
}

/** A pipe, a device and a file in /proc say that they have 0 bytes, but they can be read. */
async function checkIsFile(path: string): Promise<void> {
  const found = await stat(path);
  if (found.isDirectory()) throw new NotAFile(`${path} is a folder`);
  if (found.isFile() && found.size > 0) return;
  if (found.isFile()) {
    await using file = await open(path);
    const { bytesRead } = await file.read(Buffer.alloc(1), { position: 0 });
    if (bytesRead === 0) return;
  }
  throw new NotAFile(`${path} has no fixed length; send it as standard input, with put - --name NAME`);
}

/**
 * A file of this machine, to be uploaded as `name`. Its upload id says which file it is, in which state.
 *
 * @throws NotAFile for a folder, a pipe or a device
 */
export async function fileSource(path: string, name: string): Promise<Source> {
  await checkIsFile(path);
  await using file = await open(path);
  const stamp = await stampOf(file);
  const { size } = await file.stat();
  const identity = JSON.stringify([hostname(), resolve(path), stamp, name]);

  async function* read(): AsyncGenerator<Buffer> {
    await using handle = await open(path);
    const readAt = async (position: number) => {
      const { buffer, bytesRead } = await handle.read(
        Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, size - position)),
        { position },
      );
      return buffer.subarray(0, bytesRead);
    };
    let next = readAt(0);
    for (let position = 0; position < size; ) {
      const chunk = await next;
      if (chunk.length === 0) break;
      position += chunk.length;
      next = readAt(position);
      next.catch(() => {});
      yield chunk;
    }
    await next;
    if ((await stampOf(handle)) !== stamp) throw new SourceChanged(`${path} was changed while it was sent`);
  }
  return {
    uploadId: createHash('sha256').update(identity).digest('hex'),
    name,
    size,
    repeatable: true,
    read,
  };
}

/** A stream that can be read once, such as standard input. */
export function streamSource(stream: AsyncIterable<Buffer>, name: string): Source {
  return { uploadId: randomUUID(), name, size: undefined, repeatable: false, read: () => pieces(stream) };
}

/** No piece is larger than a message may be. */
async function* pieces(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const data of stream) {
    for (let start = 0; start < data.length; start += CHUNK_BYTES)
      yield data.subarray(start, start + CHUNK_BYTES);
  }
}
