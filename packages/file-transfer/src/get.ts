import { createHash, type Hash } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import type { DownloadEnd__Output } from 'proto/gen/files/DownloadEnd';
import type { File__Output } from 'proto/gen/files/File';
import { DEFAULT_PATIENCE, type FileClient, type Line, persist } from './persist.ts';
import type { TransferOptions } from './put.ts';

/** What is there of a file that is being downloaded. */
export interface Downloaded {
  /** The version that the bytes are of. */
  readonly version: string;
  /** How many bytes are there. */
  readonly position: number;
  /** Of all of them. */
  readonly hash: Hash;
}

/** Where a download goes. */
export interface Destination {
  /**
   * What an earlier attempt has left, also one of another process; undefined if nothing.
   *
   * @param onRead called for each piece of it that is read, because that can take minutes; may throw to end it
   */
  resume(onRead?: () => void): Promise<Downloaded | undefined>;
  /** Prepares for a file from its beginning. */
  begin(file: File__Output): Promise<void>;
  write(data: Buffer): Promise<void>;
  /** Keeps what is there after a break. */
  pause(): Promise<void>;
  /** Deletes what is there: it is of another version, or wrong. */
  discard(): Promise<void>;
  /** The file is whole and checked: shows it. */
  finish(): Promise<void>;
}

const inconsistent = (what: string) => new StatusError(status.INTERNAL, `the server sent ${what}`);

/**
 * Downloads a file, and continues with the same version after each break. If the file is replaced in between, it begins
 * again with the new one.
 *
 * @throws StatusError DATA_LOSS if the checksum is wrong; then nothing is kept
 */
export async function get(
  line: Line,
  name: string,
  destination: Destination,
  { patience = DEFAULT_PATIENCE, onProgress = () => {}, onBreak }: TransferOptions = {},
): Promise<File__Output> {
  // #region receive
  async function receive(
    client: FileClient,
    found: Downloaded | undefined,
    signal: AbortSignal,
    moved: () => void,
  ): Promise<File__Output> {
    const { version = '', position: offset = 0, hash = createHash('sha256') } = found ?? {};
    // If nothing was found, the call sends the whole file, and one checksum is enough.
    const ofCall = found ? createHash('sha256') : hash;
    let file: File__Output | undefined;
    let position = offset;
    for await (const message of client.download({ name, offset, version }, { signal })) {
      moved();
      if (message.file) {
        if (file) throw inconsistent('a second file');
        file = message.file;
        if (found && file.version !== version) throw inconsistent('another version than was asked for');
        if (!found) await destination.begin(file);
      } else if (message.data) {
        if (!file) throw inconsistent('data before the file');
        await destination.write(message.data);
        for (const each of new Set([hash, ofCall])) each.update(message.data);
        position += message.data.length;
        onProgress(position, Number(file.size));
      } else if (message.end) {
        if (!file) throw inconsistent('an end before the file');
        check(file, position - offset, ofCall, message.end, hash);
        return file;
      }
    }
    throw inconsistent('no checksum');
  }
  // #endregion receive

  // #region check
  function check(file: File__Output, received: number, ofCall: Hash, end: DownloadEnd__Output, whole: Hash) {
    const expected = file.sha256.length > 0 ? file.sha256 : undefined;
    const callIsRight = received === Number(end.size) && ofCall.copy().digest().equals(end.sha256);
    if (callIsRight && (!expected || whole.digest().equals(expected))) return;
    throw new StatusError(
      status.DATA_LOSS,
      `${name} did not arrive as it is on the server; nothing was kept`,
    );
  }
  // #endregion check

  async function attempt(client: FileClient, signal: AbortSignal, moved: () => void): Promise<File__Output> {
    let found: Downloaded | undefined;
    try {
      found = await destination.resume(() => {
        signal.throwIfAborted();
        moved();
      });
      const file = await receive(client, found, signal, moved);
      await destination.finish();
      return file;
    } catch (error) {
      const code = error instanceof StatusError ? error.code : undefined;
      if (found && (code === status.FAILED_PRECONDITION || code === status.OUT_OF_RANGE)) {
        await destination.discard();
        return attempt(client, signal, moved);
      }
      if (code === status.DATA_LOSS || code === status.NOT_FOUND) await destination.discard();
      else await destination.pause();
      throw error;
    }
  }
  return persist(line, attempt, patience, onBreak);
}
