import { open } from 'node:fs/promises';

/**
 * Makes what was renamed, created or deleted in a folder survive a loss of power: fsync of a file does not include
 * its name.
 *
 * Callers that arrive while a sync runs share the next one, so that many small files need few syncs.
 */
export function folderSync(path: string): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  async function sync(): Promise<void> {
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
  async function afterRunning(): Promise<void> {
    await running.catch(() => {});
    running = next ?? running;
    next = undefined;
    await sync();
  }
  return () => {
    next ??= afterRunning();
    return next;
  };
}
