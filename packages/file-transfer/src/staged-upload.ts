// The bytes of an upload that is not finished. They are in two files: `ID.part`, what has arrived, and `ID.journal`, which says how
// much of it is safe.
import type { Hash } from 'node:crypto';
import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { onDisk } from './file-error.ts';
import { gatherWrites } from './gathered-writes.ts';
import { hashStart } from './hash-start.ts';
import type { Hashes } from './hashes.ts';
import { type Journal, type OpenJournal, openJournal, readJournal, type Target } from './journal.ts';

// What a loss of power can cost: at most this many bytes, and this many milliseconds. Less would cost speed.
const COMMIT_BYTES = 8 * 1024 * 1024;
const COMMIT_INTERVAL = 1000;

/** One upload, opened to continue it. */
export interface StagedUpload {
  /** Where the next byte goes. */
  readonly position: number;
  /** This many bytes survive a crash of the machine. */
  readonly committed: number;
  /** SHA-256 of everything up to the position. */
  digest(): Buffer;
  /** Adds bytes; resolves when more may come. Commits from time to time. */
  append(data: Uint8Array): Promise<void>;
  /** Commits everything up to the position. */
  commit(): Promise<void>;
  /** The file with the bytes, all of them on the disk with its length and times, ready to be renamed. */
  seal(): Promise<{ path: string; handle: FileHandle }>;
  close(): Promise<void>;
}

export const partPath = (folder: string, id: string) => join(folder, `${id}.part`);
export const journalPath = (folder: string, id: string) => join(folder, `${id}.journal`);

/** How much is in the part of an upload, committed or not; undefined if there is none. */
export async function sizeOfPart(folder: string, id: string): Promise<number | undefined> {
  return (await stat(partPath(folder, id)).catch(() => undefined))?.size;
}

/** How much of an upload is kept; undefined if nothing. */
export async function findStaged(folder: string, id: string): Promise<Journal | undefined> {
  const size = await sizeOfPart(folder, id);
  if (size === undefined) return undefined;
  const journal = await readJournal(journalPath(folder, id));
  return journal && size >= journal.committed ? journal : undefined;
}

/** Deletes what is kept of an upload. */
export async function removeStaged(folder: string, id: string): Promise<void> {
  // First the journal: a part without a journal is known to be worthless, a journal without a part is not.
  await rm(journalPath(folder, id), { force: true });
  await rm(partPath(folder, id), { force: true });
}

/** Cuts off what was not committed. @returns the hash of the rest */
async function cutOff(part: FileHandle, length: number, known: Hash | undefined): Promise<Hash> {
  await part.truncate(length);
  return known ?? hashStart(part, length);
}

/**
 * Opens an upload where its last commit was; what was written after that is cut off.
 *
 * @param found what `findStaged` found; undefined begins a new one
 * @param syncFolder makes the names of both files survive a crash
 * @param hashes may know the hash of what is kept
 */
export async function openStaged(
  folder: string,
  id: string,
  target: Target,
  found: Journal | undefined,
  syncFolder: () => Promise<void>,
  hashes: Hashes,
): Promise<StagedUpload> {
  const path = partPath(folder, id);
  const part = await onDisk(() => open(path, found ? 'r+' : 'w+'));
  const start = found?.committed ?? 0;
  const hash = await cutOff(part, start, hashes.take(id, start)).catch(async (error) => {
    await part.close();
    throw error;
  });
  const writes = gatherWrites(part, start);
  let position = start;
  let committed = start;
  let committedAt = performance.now();
  let journal: OpenJournal | undefined;
  let committing: Promise<void> | undefined;

  // #region commit
  /** First syncs the bytes, then the line that says so. So after a crash the journal never promises more than the disk has. */
  async function commitWritten(): Promise<void> {
    const safe = writes.written;
    if (safe === committed) return;
    await part.datasync();
    const isNew = journal === undefined;
    journal ??= await openJournal(journalPath(folder, id), target, found);
    await journal.commit(safe);
    if (isNew) await syncFolder();
    committed = safe;
    committedAt = performance.now();
  }
  // #endregion commit

  /** One at a time. A commit that failed fails all that follow: the disk may have dropped what it could not write. */
  function startCommit(): Promise<void> {
    const after = (committing ?? Promise.resolve()).then(commitWritten);
    after.catch(() => {});
    committing = after;
    return after;
  }
  const isDue = () =>
    writes.written - committed >= COMMIT_BYTES ||
    (writes.written > committed && performance.now() - committedAt >= COMMIT_INTERVAL);
  let background: Promise<void> | undefined;

  return {
    get position() {
      return position;
    },
    get committed() {
      return committed;
    },
    digest: () => hash.copy().digest(),
    append: (data) =>
      onDisk(async () => {
        hash.update(data);
        position += data.length;
        await writes.append(data);
        if (!isDue()) return;
        // The next bytes are written while these are synced; but the disk must not fall behind for ever.
        await background;
        background = startCommit();
        background.catch(() => {});
      }),
    commit: () =>
      onDisk(async () => {
        await writes.flush();
        await startCommit();
      }),
    seal: () =>
      onDisk(async () => {
        await writes.flush();
        await committing;
        await part.sync();
        return { path, handle: part };
      }),
    async close() {
      await committing?.catch(() => {});
      await writes.flush().catch(() => {});
      if (position === committed) hashes.keep(id, committed, hash);
      await Promise.all([part.close(), journal?.close()]);
    },
  };
}
