// Files: keeps what clients put into a folder, and sends it to those that ask for it.
// Type `pnpm file-transfer:server --folder shared` here and `pnpm file-transfer:client put FILE` in another terminal.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDuration, printable, runServer, UsageError } from 'cli';
import { parseBytes } from './byte-size.ts';
import { codeOf } from './file-error.ts';
import { openFileStore } from './file-store.ts';
import { fileService } from './service.ts';
import type { Limits } from './space.ts';
import { openUploads, type Uploads } from './uploads.ts';

const SWEEP_INTERVAL = 60_000;
// How much may be under way in an upload: a line of 20 ms then takes 200 MB a second.
const WINDOW_BYTES = 4 * 1024 * 1024;
let temporary: string | undefined;
let uploads: Uploads | undefined;

async function temporaryFolder(): Promise<string> {
  temporary = await mkdtemp(join(tmpdir(), 'file-transfer-'));
  console.log('the files are in a temporary folder, deleted at the end; --folder names another');
  return temporary;
}

async function opening(folder: string, limits: Limits) {
  try {
    const store = await openFileStore(folder);
    return { store, opened: await openUploads(store, limits) };
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    throw new UsageError(`cannot use the folder "${folder}": ${(error as Error).message}`);
  }
}

await runServer({
  name: 'file-transfer',
  serving: 'files',
  port: 8086,
  window: WINDOW_BYTES,
  setup: (command) =>
    command
      .option('--folder <path>', 'where the files are; default: a temporary folder, deleted at the end')
      .option(
        '--max-file-size <bytes>',
        'the largest file, as in 500m or 2g; default: as --max-space',
        parseBytes,
      )
      .option(
        '--max-space <bytes>',
        'how many bytes all files may have together; default: no limit',
        parseBytes,
      )
      .option(
        '--keep-uploads <duration>',
        'how long an interrupted upload is kept',
        parseDuration,
        24 * 3600_000,
      ),
  services: async ({ folder, maxSpace = Number.POSITIVE_INFINITY, maxFileSize = maxSpace, keepUploads }) => {
    const { store, opened } = await opening(folder ?? (await temporaryFolder()), {
      fileSize: maxFileSize,
      space: maxSpace,
    });
    uploads = opened;
    const sweep = async () => {
      const swept = await opened.sweep(keepUploads);
      if (swept > 0) console.log(`deleted ${swept} uploads that no client continued`);
    };
    await sweep();
    setInterval(
      () => sweep().catch(console.error),
      Math.min(SWEEP_INTERVAL, Math.max(keepUploads, 1000)),
    ).unref();
    return [fileService({ store, uploads: opened, log: (line) => console.log(printable(line)) })];
  },
});
// Calls that the end of the server has stopped still write what has arrived.
await uploads?.idle();
if (temporary) await rm(temporary, { recursive: true });
