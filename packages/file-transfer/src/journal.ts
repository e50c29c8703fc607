import { open, readFile } from 'node:fs/promises';
import { codeOf } from './file-error.ts';
import { writeFully } from './write-fully.ts';

/** What an upload will become. */
export interface Target {
  readonly name: string;
  /** In bytes; undefined if the client does not know it. */
  readonly size: number | undefined;
}

/** What the journal of an upload says. */
export interface Journal {
  readonly target: Target;
  /** This many bytes of the upload are on the disk. */
  readonly committed: number;
  /** Length in bytes of the journal's complete lines. */
  readonly length: number;
}

/**
 * Reads the journal of an upload: a line of JSON that says what it will become, then a line with a number for each
 * commit, of which the last counts. A line that a crash cut off has no end, and does not count.
 *
 * @returns undefined if there is no journal, or if it has no complete commit
 */
export async function readJournal(path: string): Promise<Journal | undefined> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  });
  const [complete = '', first = '', last = ''] = /^(\{.*\})\n(?:\d+\n)*(\d+)\n/.exec(text) ?? [];
  if (complete === '') return undefined;
  const { name, size } = JSON.parse(first) as Target;
  return { target: { name, size }, committed: Number(last), length: Buffer.byteLength(complete) };
}

/** Appends commits to a journal. */
export interface OpenJournal {
  /** Resolves when the line is on the disk. */
  commit(committed: number): Promise<void>;
  close(): Promise<void>;
}

/** @param found what was read from the file; undefined begins a new one */
export async function openJournal(
  path: string,
  target: Target,
  found: Journal | undefined,
): Promise<OpenJournal> {
  const handle = await open(path, found ? 'r+' : 'w');
  let position = found?.length ?? 0;
  let unwritten = found ? '' : `${JSON.stringify(target)}\n`;
  await handle.truncate(position);
  return {
    async commit(committed) {
      const lines = Buffer.from(`${unwritten}${committed}\n`);
      unwritten = '';
      position += await writeFully(handle, [lines], position);
      await handle.datasync();
    },
    close: () => handle.close(),
  };
}
