import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Writable } from 'node:stream';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import { codeOf } from './file-error.ts';
import { type GatheredWrites, gatherWrites } from './gathered-writes.ts';
import type { Destination } from './get.ts';
import { hashStart } from './hash-start.ts';
import { NotAFile } from './sources.ts';

// Part of the name of a file here, so a server must not choose it freely.
const VERSION = /^[\w-]{1,80}$/;
// Other programs use `.part`, and what is here may be deleted.
const PART = '.file-transfer';

/** The file replaces what has its name, so that must not be a device or a folder. */
async function checkMayBeFile(path: string): Promise<void> {
  if (path === '') throw new NotAFile('the path of the file is empty');
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new NotAFile(`${path} is a folder`);
  if (found && !found.isFile())
    throw new NotAFile(`${path} is not a file; get can write standard output, with --output -`);
}

/**
 * A file of this machine. Until it is whole its bytes are beside it, in `NAME.VERSION.file-transfer`, where a later download
 * continues.
 */
export function fileDestination(path: string): Destination {
  const folder = dirname(path);
  const prefix = `${shortened(basename(path))}.`;
  let part = '';
  let handle: FileHandle | undefined;
  let writes: GatheredWrites | undefined;

  async function close(): Promise<void> {
    await writes?.flush().catch(() => {});
    await handle?.close();
    handle = undefined;
  }
  return {
    async resume(onRead) {
      await checkMayBeFile(path);
      const versions = (await readdir(folder))
        .filter((file) => file.startsWith(prefix) && file.endsWith(PART))
        .map((file) => file.slice(prefix.length, -PART.length));
      const version = versions.find((found) => VERSION.test(found));
      if (version === undefined) return undefined;
      part = join(folder, `${prefix}${version}${PART}`);
      handle = await open(part, 'r+');
      const { size } = await handle.stat();
      writes = gatherWrites(handle, size);
      return { version, position: size, hash: await hashStart(handle, size, onRead) };
    },
    async begin({ version }) {
      if (!VERSION.test(version))
        throw new StatusError(status.INTERNAL, 'the server sent an unusable version');
      part = join(folder, `${prefix}${version}${PART}`);
      // Another download of the same file may have begun at the same time. To begin again in its part would spoil it.
      handle = await open(part, 'wx').catch((error) => {
        if (codeOf(error) !== 'EEXIST') throw error;
        throw new StatusError(status.ABORTED, `another download writes ${path}; try again later`);
      });
      writes = gatherWrites(handle, 0);
    },
    async write(data) {
      await writes?.append(data);
    },
    pause: close,
    async discard() {
      await close();
      await rm(part, { force: true });
    },
    async finish() {
      // Without a sync, as other programs that download: after a loss of power the file can be downloaded again.
      await writes?.flush();
      await close();
      await rename(part, path);
    },
  };
}

/** A long name has no space for what comes after it, but two long names must stay different. */
function shortened(name: string): string {
  const LONGEST = 50;
  if (name.length <= LONGEST) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 16);
  return `${name.slice(0, LONGEST).toWellFormed()}.${digest}`;
}

/**
 * A stream such as standard output: what was written cannot be taken back.
 *
 * @param signal ends the waiting for a reader of the stream that takes nothing
 */
export function streamDestination(stream: Writable, signal?: AbortSignal): Destination {
  let version: string | undefined;
  let position = 0;
  let hash: Hash = createHash('sha256');
  return {
    resume: async () => (version === undefined ? undefined : { version, position, hash: hash.copy() }),
    async begin(file) {
      version = file.version;
    },
    async write(data) {
      position += data.length;
      hash.update(data);
      if (!stream.write(data)) await once(stream, 'drain', signal ? { signal } : {});
    },
    pause: async () => {},
    async discard() {
      if (position > 0)
        throw new StatusError(status.ABORTED, `the file changed after ${position} bytes were written`);
      version = undefined;
      hash = createHash('sha256');
    },
    finish: async () => {},
  };
}
