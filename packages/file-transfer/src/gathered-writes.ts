import type { FileHandle } from 'node:fs/promises';
import { writeFully } from './write-fully.ts';

// Each write to a file is a trip to another thread and back; one of a MiB costs hardly more than one of 64 KiB.
const GATHERED_BYTES = 1024 * 1024;
const GATHERED_CHUNKS = 512;

/** Writes chunks one after the other, in few large writes. */
export interface GatheredWrites {
  /** Where the bytes written so far end. */
  readonly written: number;
  /** Resolves when the next chunk may come, which is at once unless the disk is behind. */
  append(chunk: Uint8Array): Promise<void>;
  /** Resolves when everything is written. */
  flush(): Promise<void>;
}

/** @param start where in the file the first chunk goes */
export function gatherWrites(handle: FileHandle, start: number): GatheredWrites {
  let gathered: Uint8Array[] = [];
  let gatheredBytes = 0;
  let written = start;
  let writing: Promise<void> | undefined;
  let batchWritten: Promise<void> = Promise.resolve();
  // A write that failed must fail everything after it: the file would have a hole.
  let failure: { error: unknown } | undefined;

  async function writeBatch(): Promise<void> {
    const batch = gathered;
    gathered = [];
    gatheredBytes = 0;
    written += await writeFully(handle, batch, written);
  }
  async function writeGathered(): Promise<void> {
    try {
      while (gathered.length > 0) {
        batchWritten = writeBatch();
        await batchWritten;
      }
    } catch (error) {
      failure = { error };
    } finally {
      writing = undefined;
    }
  }
  return {
    get written() {
      return written;
    },
    async append(chunk) {
      if (failure) throw failure.error;
      gathered.push(chunk);
      gatheredBytes += chunk.length;
      writing ??= writeGathered();
      if (gatheredBytes >= GATHERED_BYTES || gathered.length >= GATHERED_CHUNKS) await batchWritten;
    },
    async flush() {
      while (writing) await writing;
      if (failure) throw failure.error;
    },
  };
}
