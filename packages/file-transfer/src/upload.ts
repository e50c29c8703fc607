// One upload from its start to its finish: checks the bytes, and keeps them for a later attempt if the upload breaks off.
import { FileError } from './file-error.ts';
import type { FileInfo, FileStore } from './file-store.ts';
import type { Hashes } from './hashes.ts';
import type { Target } from './journal.ts';
import type { Space } from './space.ts';
import { findStaged, openStaged, removeStaged, sizeOfPart } from './staged-upload.ts';
import type { Turn } from './writers.ts';

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

/** What all uploads share. */
export interface UploadContext {
  readonly store: FileStore;
  readonly space: Space;
  /** Makes the names of new files in the folder of uploads survive a crash. */
  readonly syncFolder: () => Promise<void>;
  readonly hashes: Hashes;
}

/** Opens an upload for the one who has the turn to write it. */
export async function openUpload(
  { store, space, syncFolder, hashes }: UploadContext,
  id: string,
  target: Target,
  { takenOver, release }: Turn,
): Promise<Upload> {
  const folder = store.uploads;
  const bytesOfPart = async () => (await sizeOfPart(folder, id)) ?? 0;
  const found = await findStaged(folder, id);
  if (found && (found.target.name !== target.name || found.target.size !== target.size)) {
    const { name, size = 'an unknown number of' } = found.target;
    throw new FileError('invalid', `the upload ${id} is of ${JSON.stringify(name)} with ${size} bytes`);
  }
  const committed = found?.committed ?? 0;
  const kept = await bytesOfPart();
  space.check(target.size ?? 0, (target.size ?? 0) - kept);
  const staged = await openStaged(folder, id, target, found, syncFolder, hashes);
  // What was written after the last commit is cut off.
  space.free(kept - committed);
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
      space.free(counted - (await bytesOfPart()));
      return;
    }
    if (outcome !== 'published') space.free(counted);
    // A file that was published before its first commit has left nothing behind.
    if (outcome !== 'published' || staged.committed > 0) await removeStaged(folder, id);
  }

  return {
    takenOver,
    get position() {
      return staged.position;
    },
    async append(offset, data) {
      const { position } = staged;
      if (offset < 0) throw new FileError('invalid', `${offset} is not an offset`);
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
}
