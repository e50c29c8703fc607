import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './file-error.ts';

/** What is known of a file because it was uploaded here. */
export interface Checksum {
  /** The version that this is about: the file may have been replaced by other means. */
  readonly version: string;
  /** SHA-256, in hex. */
  readonly sha256: string;
  /** The upload that the file came from. */
  readonly uploadId: string;
}

/**
 * Remembers checksums beside the files. A note that is lost, torn or of another version counts as no note, so notes need
 * no sync.
 */
export interface Checksums {
  find(name: string, version: string): Promise<Checksum | undefined>;
  remember(name: string, checksum: Checksum): Promise<void>;
  forget(name: string): Promise<void>;
}

export function checksumsIn(folder: string): Checksums {
  const pathOf = (name: string) => join(folder, name);
  return {
    async find(name, version) {
      const text = await readFile(pathOf(name), 'utf8').catch((error) => {
        // Any other error must not look like a file that came from somewhere else: nobody would check its bytes.
        if (codeOf(error) === 'ENOENT') return '';
        throw error;
      });
      const checksum = parsed(text);
      return checksum?.version === version ? checksum : undefined;
    },
    async remember(name, checksum) {
      // Written to another file and renamed, so that no reader sees a part of it.
      const aside = join(folder, '..', `${randomUUID()}.note`);
      try {
        await writeFile(aside, JSON.stringify(checksum));
        await rename(aside, pathOf(name));
      } catch (error) {
        await rm(aside, { force: true });
        throw error;
      }
    },
    forget: (name) => rm(pathOf(name), { force: true }),
  };
}

/** The note that a text is; undefined for one that a crash has torn. */
function parsed(text: string): Checksum | undefined {
  try {
    return JSON.parse(text) as Checksum;
  } catch {
    return undefined;
  }
}
