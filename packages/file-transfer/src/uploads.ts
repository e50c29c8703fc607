// Uploads from their start to their finish: who may write, what is checked, what happens to leftovers.
import { readdir, stat } from 'node:fs/promises';
import { FileError } from './file-error.ts';
import { bytesIn, type FileInfo, type FileStore } from './file-store.ts';
import type { Target } from './journal.ts';
import { checkedName } from './names.ts';
import { countSpace, type Limits } from './space.ts';
import { findStaged, openStaged, partPath, removeStaged, sizeOfPart } from './staged-upload.ts';
import { folderSync } from './sync-folder.ts';

/** An upload that one caller is writing. */
export interface Upload extends AsyncDisposable {
  /** How many bytes have arrived. */
  readonly position: number;
  /** Aborted when another caller continues the same upload; then stop, and `close`. */
  readonly takenOver: AbortSignal;
  /** Adds bytes that begin at `offset`; skips those that are there. Resolves when more may come. */
  append(offset: number, data: Uint8Array): Promise<void>;
  /** Commits what has arrived. @returns how much that is */
  commit(): Promise<number>;
  /** Publishes the file if it has this length and checksum. */
  finish(size: number, sha256: Uint8Array): Promise<FileInfo>;
  /** Keeps what has arrived, for a later attempt. `await using` calls it. */
  [Symbol.asyncDispose](): Promise<void>;
}

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
  /** Deletes uploads that nobody has continued for `age` milliseconds. @returns how many */
  sweep(age: number): Promise<number>;
  /** Resolves when nobody writes any more. */
  idle(): Promise<void>;
}

interface Writer {
  readonly stop: AbortController;
  readonly closed: Promise<void>;
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
  const syncFolder = folderSync(folder);
  const writers = new Map<string, Writer>();
  for (const id of await ids(folder)) {
    if (!(await findStaged(folder, id))) await removeStaged(folder, id);
  }
  const space = countSpace(limits, (await store.bytes()) + (await bytesIn(folder)));

  /** Becomes the only writer of an upload. */
  async function takeOver(id: string): Promise<{ takenOver: AbortSignal; release: () => void }> {
    for (let writer = writers.get(id); writer; writer = writers.get(id)) {
      writer.stop.abort(new FileError('taken-over', 'another call continues this upload'));
      await writer.closed;
    }
    const stop = new AbortController();
    let closed = () => {};
    writers.set(id, {
      stop,
      closed: new Promise<void>((resolve) => {
        closed = resolve;
      }),
    });
    const release = () => {
      writers.delete(id);
      closed();
    };
    return { takenOver: stop.signal, release };
  }

  const bytesOfPart = async (id: string) => (await sizeOfPart(folder, id)) ?? 0;

  async function openUpload(id: string, target: Target, takenOver: AbortSignal, release: () => void) {
    const found = await findStaged(folder, id);
    if (found && (found.target.name !== target.name || found.target.size !== target.size)) {
      const { name, size = 'an unknown number of' } = found.target;
      throw new FileError('invalid', `the upload ${id} is of ${JSON.stringify(name)} with ${size} bytes`);
    }
    space.check(target.size ?? 0, (target.size ?? 0) - (found?.committed ?? 0));
    const committed = found?.committed ?? 0;
    // What was written after the last commit is cut off.
    space.free((await bytesOfPart(id)) - committed);
    const staged = await openStaged(folder, id, target, found, syncFolder);
    let counted = committed;
    let outcome: 'open' | 'published' | 'corrupt' | 'failed' = 'open';

    /** After an error of the disk only what was committed before counts. */
    async function unlessFailing<Result>(operation: () => Promise<Result>): Promise<Result> {
      try {
        return await operation();
      } catch (error) {
        outcome = 'failed';
        throw error;
      }
    }

    /** What stays of the upload when its caller leaves it. */
    async function settle(): Promise<void> {
      await staged.close();
      if ((outcome === 'open' || outcome === 'failed') && staged.committed > 0) {
        space.free(counted - (await bytesOfPart(id)));
        return;
      }
      if (outcome !== 'published') space.free(counted);
      // A file that was published before its first commit has left nothing behind.
      if (outcome !== 'published' || staged.committed > 0) await removeStaged(folder, id);
    }

    const upload: Upload = {
      takenOver,
      get position() {
        return staged.position;
      },
      async append(offset, data) {
        const { position } = staged;
        if (offset > position) {
          throw new FileError(
            'beyond',
            `a chunk at ${offset} would leave a gap: the upload ends at ${position}`,
          );
        }
        const fresh = data.subarray(position - offset);
        const end = position + fresh.length;
        if (target.size !== undefined && end > target.size) {
          throw new FileError('invalid', `${end} bytes are more than the ${target.size} that were announced`);
        }
        space.check(end, fresh.length);
        space.take(fresh.length);
        counted += fresh.length;
        await unlessFailing(() => staged.append(fresh));
      },
      async commit() {
        await unlessFailing(staged.commit);
        return staged.committed;
      },
      // #region finish
      async finish(size, sha256) {
        if (size !== staged.position || size !== (target.size ?? size)) {
          throw new FileError('invalid', `finished with ${size} bytes, but ${staged.position} have arrived`);
        }
        const digest = staged.digest();
        if (!digest.equals(sha256)) {
          outcome = 'corrupt';
          throw new FileError('corrupt', `the bytes that arrived are not those that were sent: begin again`);
        }
        const { info, replaced } = await unlessFailing(async () =>
          store.publish({ ...(await staged.seal()), sha256: digest, uploadId: id }, target.name),
        );
        outcome = 'published';
        space.free(replaced);
        return info;
      },
      // #endregion finish
      async [Symbol.asyncDispose]() {
        try {
          if (outcome === 'open') await staged.commit();
        } finally {
          await settle().finally(release);
        }
      },
    };
    return upload;
  }

  return {
    async begin(id, target) {
      checkId(id);
      checkTarget(target);
      const { takenOver, release } = await takeOver(id);
      try {
        return await openUpload(id, target, takenOver, release);
      } catch (error) {
        release();
        throw error;
      }
    },
    async query(id, name) {
      checkId(id);
      checkedName(name);
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
        const { release } = await takeOver(id);
        try {
          if (!(await isOlder(partPath(folder, id), age))) continue;
          space.free(await bytesOfPart(id));
          await removeStaged(folder, id);
          swept++;
        } finally {
          release();
        }
      }
      return swept;
    },
    async idle() {
      while (writers.size > 0) await Promise.all([...writers.values()].map(({ closed }) => closed));
    },
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
