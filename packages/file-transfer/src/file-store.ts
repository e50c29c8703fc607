import { type BigIntStats, constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checksum, checksumsIn } from './checksums.ts';
import { codeOf, FileError, onDisk } from './file-error.ts';
import { checkedName, flawOf, INTERNAL_FOLDER } from './names.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { folderSync } from './sync-folder.ts';

/** A file as clients see it. */
export interface FileInfo {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Changes whenever the content does. */
  readonly version: string;
  /** Of the whole file; undefined if it was not uploaded here. */
  readonly sha256: Buffer | undefined;
  readonly modified: Date;
  /** The upload that it came from; undefined if it was not uploaded here. */
  readonly uploadId: string | undefined;
}

/** A file that is open for reading: it stays what it is even if the name gets another file. */
export interface OpenFile extends AsyncDisposable {
  readonly info: FileInfo;
  readonly handle: FileHandle;
  /** @throws FileError if somebody has changed the file in place since it was opened */
  checkUnchanged(): Promise<void>;
}

/** The finished files of one folder. */
export interface FileStore {
  /** Where uploads are written; in the same file system, so that a rename can publish them. */
  readonly uploads: string;
  /** @throws FileError if there is no such file */
  open(name: string): Promise<OpenFile>;
  /** What all files have together. */
  bytes(): Promise<number>;
  /** All files, sorted by name. */
  list(): AsyncGenerator<FileInfo>;
  /**
   * Gives a sealed file its name, at once and for good.
   *
   * @returns the file, and the bytes of the one that it replaced
   */
  publish(sealed: Sealed, name: string): Promise<{ info: FileInfo; replaced: number }>;
  /** @returns the bytes that it had */
  remove(name: string): Promise<number>;
}

/** A complete upload, all of it on the disk. */
export interface Sealed {
  readonly path: string;
  readonly handle: FileHandle;
  readonly sha256: Buffer;
  readonly uploadId: string;
}

// A link in the folder could point out of it, and a pipe would wait for a writer.
const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
const NOT_A_FILE = new Set(['ENOENT', 'ELOOP', 'ENXIO', 'ENOTDIR']);

/** Every replacement is another inode, and every change in place another time. */
function versionOf({ mtimeNs, ino, size }: BigIntStats): string {
  return [mtimeNs, ino, size].map((number) => number.toString(36)).join('-');
}

function describe(name: string, stats: BigIntStats, known: Checksum | undefined): FileInfo {
  return {
    name,
    size: Number(stats.size),
    version: versionOf(stats),
    sha256: known && Buffer.from(known.sha256, 'hex'),
    modified: new Date(Number(stats.mtimeMs)),
    uploadId: known?.uploadId,
  };
}

/** Opens a folder as a store, and creates what is missing of it. */
export async function openFileStore(folder: string): Promise<FileStore> {
  await mkdir(folder, { recursive: true });
  const root = await realpath(folder);
  const uploads = join(root, INTERNAL_FOLDER, 'uploads');
  const notes = join(root, INTERNAL_FOLDER, 'checksums');
  await mkdir(uploads, { recursive: true });
  await mkdir(notes, { recursive: true });
  const checksums = checksumsIn(notes);
  const syncRoot = folderSync(root);
  const exclusively = oneAtATime();

  async function openFile(name: string): Promise<OpenFile> {
    const handle = await open(join(root, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
      if (NOT_A_FILE.has(codeOf(error) ?? '')) throw missing(name);
      throw error;
    });
    try {
      const stats = await handle.stat({ bigint: true });
      if (!stats.isFile()) throw missing(name);
      const info = describe(name, stats, await checksums.find(name, versionOf(stats)));
      return {
        info,
        handle,
        async checkUnchanged() {
          if (versionOf(await handle.stat({ bigint: true })) !== info.version)
            throw new FileError('changed', `${name} was changed while it was read`);
        },
        [Symbol.asyncDispose]: () => handle.close(),
      };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Without those that no client can name, for example with a name that is not UTF-8. */
  async function* files(): AsyncGenerator<{ name: string; stats: BigIntStats }> {
    for (const name of (await readdir(root)).sort()) {
      if (flawOf(name) !== undefined) continue;
      const stats = await lstat(join(root, name), { bigint: true }).catch(() => undefined);
      if (stats?.isFile()) yield { name, stats };
    }
  }

  return {
    uploads,
    async open(name) {
      checkedName(name);
      return openFile(name);
    },
    async bytes() {
      let bytes = 0;
      for await (const { stats } of files()) bytes += Number(stats.size);
      return bytes;
    },
    async *list() {
      for await (const { name, stats } of files())
        yield describe(name, stats, await checksums.find(name, versionOf(stats)));
    },
    // #region publish
    publish: ({ path, handle, sha256, uploadId }, name) =>
      exclusively(name, () =>
        onDisk(async () => {
          const target = join(root, name);
          const replaced = await lstat(target).catch(() => undefined);
          if (replaced?.isDirectory()) throw new FileError('invalid', `${name} is a folder on the server`);
          const stats = await handle.stat({ bigint: true });
          const checksum = { version: versionOf(stats), sha256: sha256.toString('hex'), uploadId };
          await checksums.remember(name, checksum);
          await rename(path, target);
          await syncRoot();
          return { info: describe(name, stats, checksum), replaced: replaced?.size ?? 0 };
        }),
      ),
    // #endregion publish
    remove: (name) =>
      exclusively(name, async () => {
        checkedName(name);
        const found = await lstat(join(root, name)).catch(() => undefined);
        if (!found?.isFile()) throw missing(name);
        await rm(join(root, name));
        await checksums.forget(name);
        await syncRoot();
        return found.size;
      }),
  };
}

const missing = (name: string) => new FileError('missing', `there is no file ${JSON.stringify(name)}`);
