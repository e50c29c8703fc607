// All uploads into one folder: which caller writes which upload, how far each one is, and when an old one is removed.
import { readdir, stat } from 'node:fs/promises';
import { FileError } from './file-error.ts';
import type { FileInfo, FileStore } from './file-store.ts';
import { newHashes } from './hashes.ts';
import type { Target } from './journal.ts';
import { checkedName } from './names.ts';
import { countSpace, type Limits } from './space.ts';
import { findStaged, partPath, removeStaged, sizeOfPart } from './staged-upload.ts';
import { folderSync } from './sync-folder.ts';
import { openUpload, type Upload, type UploadContext } from './upload.ts';
import { newWriters } from './writers.ts';

/** How far an upload is. */
export interface UploadProgress {
  readonly committed: number;
  /** Once it is complete. */
  readonly file?: FileInfo;
}

/** All uploads into one store. */
export interface Uploads {
  /** Begins an upload, or continues it; another caller that is writing it is stopped first. */
  begin(id: string, target: Target): Promise<Upload>;
  /** @throws FileError if nothing of it is kept */
  query(id: string, name: string): Promise<UploadProgress>;
  /** Deletes a finished file. */
  remove(name: string): Promise<void>;
  /** Deletes uploads that no client has continued for `age` milliseconds. @returns how many */
  sweep(age: number): Promise<number>;
  /** Resolves when no upload is being written any more. */
  idle(): Promise<void>;
}

function checkId(id: string): void {
  if (/^[\w-]{8,64}$/.test(id)) return;
  throw new FileError('invalid', 'upload_id must be 8 to 64 letters, digits, - or _');
}

function checkTarget({ name, size }: Target): void {
  checkedName(name);
  if (size !== undefined && !(Number.isSafeInteger(size) && size >= 0)) {
    throw new FileError('invalid', `${size} bytes is not a size`);
  }
}

/** Opens the uploads of a store; a part that was never committed is deleted. */
export async function openUploads(store: FileStore, limits: Limits): Promise<Uploads> {
  const folder = store.uploads;
  const writers = newWriters();
  const open = new Map<string, Upload>();
  let used = await store.bytes();
  for (const id of await ids(folder)) {
    if (await findStaged(folder, id)) used += (await sizeOfPart(folder, id)) ?? 0;
    else await removeStaged(folder, id);
  }
  const space = countSpace(limits, used);
  const context: UploadContext = { store, space, syncFolder: folderSync(folder), hashes: newHashes() };

  return {
    async begin(id, target) {
      checkId(id);
      checkTarget(target);
      const turn = await writers.takeOver(id);
      const release = () => {
        open.delete(id);
        turn.release();
      };
      try {
        const upload = await openUpload(context, id, target, { ...turn, release });
        open.set(id, upload);
        return upload;
      } catch (error) {
        release();
        throw error;
      }
    },
    async query(id, name) {
      checkId(id);
      checkedName(name);
      // Whoever asks wants to continue, perhaps after a break that this side has not noticed yet.
      await open
        .get(id)
        ?.commit()
        .catch(() => {});
      const found = await findStaged(folder, id);
      if (found) return { committed: found.committed };
      const file = await infoOf(store, name);
      if (file?.uploadId !== id) throw new FileError('missing', `nothing is kept of the upload ${id}`);
      return { committed: file.size, file };
    },
    async remove(name) {
      space.free(await store.remove(name));
    },
    async sweep(age) {
      let swept = 0;
      for (const id of await ids(folder)) {
        if (writers.has(id)) continue;
        const { release } = await writers.takeOver(id);
        try {
          if (!(await isOlder(partPath(folder, id), age))) continue;
          space.free((await sizeOfPart(folder, id)) ?? 0);
          await removeStaged(folder, id);
          swept++;
        } finally {
          release();
        }
      }
      return swept;
    },
    idle: writers.idle,
  };
}

/** The uploads of which there are files. */
async function ids(folder: string): Promise<string[]> {
  return [...new Set((await readdir(folder)).map((file) => file.replace(/\.\w+$/, '')))];
}

async function isOlder(path: string, age: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined || Date.now() - found.mtimeMs >= age;
}

async function infoOf(store: FileStore, name: string): Promise<FileInfo | undefined> {
  try {
    await using file = await store.open(name);
    return file.info;
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
