import { createHash } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import { StatusError } from 'grpc-iterables';
import type { File__Output } from 'proto/gen/files/File';
import type { UploadRequest } from 'proto/gen/files/UploadRequest';
import type { UploadStatus__Output } from 'proto/gen/files/UploadStatus';
import { DEFAULT_PATIENCE, type FileClient, type Line, type Patience, persist } from './persist.ts';

// In bytes.
const SMALL = 64 * 1024;
// In milliseconds.
const TICK = 100;

/** What is uploaded. */
export interface Source {
  /** The same for every attempt at the same content, also after this process has ended. */
  readonly uploadId: string;
  /** What the server calls it. */
  readonly name: string;
  /** In bytes, if it is known. */
  readonly size: number | undefined;
  /** Whether it can be read more than once; if not, there is one attempt. */
  readonly repeatable: boolean;
  /** The content from its beginning. Each chunk stays as it is. */
  read(): AsyncIterable<Buffer>;
}

/** Settings of a transfer. */
export interface TransferOptions {
  patience?: Patience;
  /** Gets how many bytes of the file are there, from this attempt or an earlier one, and how many it has, if known. */
  onProgress?: (bytes: number, total: number | undefined) => void;
  /** Gets why an attempt failed, before the next one. */
  onBreak?: (error: StatusError) => void;
}

/** What came of an upload. */
export interface Uploaded {
  readonly file: File__Output;
  /** Where this call of `put` began: what was there before was not sent again. */
  readonly from: number;
}

/**
 * Uploads a source, and continues where the server says after each break.
 *
 * @example
 * const line = openLine(() => connect(FileTransfer, '127.0.0.1:8086'));
 * const { file } = await put(line, await fileSource('report.pdf', 'report.pdf'));
 * console.log(file.size, file.version);
 */
export async function put(
  line: Line,
  source: Source,
  { patience = DEFAULT_PATIENCE, onProgress = () => {}, onBreak }: TransferOptions = {},
): Promise<Uploaded> {
  const { uploadId, name, size } = source;
  let firstFrom: number | undefined;
  // Of the whole file, when all of it was sent.
  let digest: Buffer | undefined;

  // #region query
  async function stored(client: FileClient, signal: AbortSignal): Promise<UploadStatus__Output | undefined> {
    try {
      return await client.queryUpload({ uploadId, name }, { signal });
    } catch (error) {
      if (error instanceof StatusError && error.code === status.NOT_FOUND) return undefined;
      throw error;
    }
  }
  // #endregion query

  // #region requests
  async function* requests(from: number, moved: () => void): AsyncGenerator<UploadRequest> {
    yield { start: { uploadId, name, ...(size === undefined ? {} : { size }) } };
    const hash = createHash('sha256');
    let position = 0;
    for await (const chunk of whileWaiting(source.read(), moved)) {
      // The checksum needs every byte. So this also reads the bytes that the server has already, but does not send them.
      hash.update(chunk);
      const data = chunk.subarray(Math.max(0, from - position));
      position += chunk.length;
      if (data.length > 0) yield { chunk: { offset: position - data.length, data } };
      moved();
      onProgress(position, size);
    }
    digest = hash.digest();
    yield { finish: { size: position, sha256: digest } };
  }
  // #endregion requests

  async function attempt(client: FileClient, signal: AbortSignal, moved: () => void): Promise<Uploaded> {
    // Sending a small file again costs no more than asking about it.
    const asks = source.repeatable && (size === undefined || size > SMALL);
    const known = asks ? await stored(client, signal) : undefined;
    const from = Number(known?.committedSize ?? 0);
    firstFrom ??= from;
    if (known?.file?.size === String(size)) return { file: known.file, from: firstFrom };
    const { file } = await client.upload(requests(from, moved), { signal });
    if (!file || !digest?.equals(file.sha256)) {
      throw new StatusError(status.INTERNAL, `the server did not complete ${name}`);
    }
    return { file, from: firstFrom };
  }
  return persist(line, attempt, source.repeatable ? patience : { ...patience, giveUpAfter: 0 }, onBreak);
}

/** The same items. To wait for a slow source, for example a pipe, is no sign of a broken connection: `tick` is called meanwhile. */
async function* whileWaiting<Item>(source: AsyncIterable<Item>, tick: () => void): AsyncGenerator<Item> {
  const items = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setInterval(tick, TICK);
      const { done, value } = await items.next().finally(() => clearInterval(timer));
      if (done) return;
      yield value;
    }
  } finally {
    await items.return?.();
  }
}
