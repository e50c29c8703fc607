import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CallOptions, StatusError } from 'grpc-iterables';
import { fileDestination } from './destinations.ts';
import { get } from './get.ts';
import { DEFAULT_PATIENCE, type Line } from './persist.ts';
import { put } from './put.ts';
import { fileSource } from './sources.ts';

const SIZE = 16 * 1024 * 1024;
const NAME = 'tour.bin';

/** Puts a file, breaks off half-way, continues, gets the file, compares, lists and deletes it. */
export async function tour(
  line: Line,
  { signal }: CallOptions,
  print: (line: string) => void,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tour-'));
  try {
    const [original, copy] = [join(folder, NAME), join(folder, 'copy.bin')];
    await writeFile(original, randomBytes(SIZE));
    const source = await fileSource(original, NAME);
    const names = async () => {
      const found: string[] = [];
      for await (const { name } of line.client().list({}, { signal })) found.push(name);
      return found;
    };

    const stop = new AbortController();
    const broken = await put(line, source, {
      patience: { ...DEFAULT_PATIENCE, signal: stop.signal },
      onProgress: (bytes) => bytes >= SIZE / 2 && stop.abort(),
    }).catch((error: unknown) => error);
    if (!(broken instanceof StatusError)) throw new Error('the upload did not stop');
    print(`stopped half-way; the server lists ${(await names()).length} files`);

    const patience = { ...DEFAULT_PATIENCE, signal };
    const { file, from } = await put(line, source, { patience });
    print(`put ${NAME}: ${file.size} bytes${from > 0 ? ', continued where the server said' : ''}`);
    print(`the server lists ${(await names()).join(', ')}`);

    await get(line, NAME, fileDestination(copy), { patience });
    const same = (await readFile(copy)).equals(await readFile(original));
    print(`got ${NAME}: ${same ? 'the same bytes' : 'other bytes'}`);
    await line.client().delete({ name: NAME }, { signal });
    print(`deleted ${NAME}; the server lists ${(await names()).length} files`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
