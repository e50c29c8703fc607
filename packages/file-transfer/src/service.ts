import { defineService, type Service, StatusError } from 'grpc-iterables';
import { FileTransfer } from 'proto';
import type { DownloadRequest__Output } from 'proto/gen/files/DownloadRequest';
import type { DownloadResponse } from 'proto/gen/files/DownloadResponse';
import type { FileTransferHandlers } from 'proto/gen/files/FileTransfer';
import type { UploadRequest__Output } from 'proto/gen/files/UploadRequest';
import type { UploadStart__Output } from 'proto/gen/files/UploadStart';
import { FileError } from './file-error.ts';
import type { FileStore } from './file-store.ts';
import { fileMessage, sizeFrom, statusMessage } from './messages.ts';
import { checkRange, readRange } from './read-range.ts';
import { refusal } from './refusals.ts';
import type { Upload } from './upload.ts';
import type { UploadProgress, Uploads } from './uploads.ts';

type Requests = AsyncIterableIterator<UploadRequest__Output>;

/** Bytes in a message of a download: large enough to be fast, small enough for a slow line to show progress. */
export const CHUNK_BYTES = 256 * 1024;

export interface FileServiceOptions {
  store: FileStore;
  uploads: Uploads;
  /** Gets a line for the end of each upload and download. */
  log: (line: string) => void;
}

/** The service behind `server.ts`. */
export function fileService({ store, uploads, log }: FileServiceOptions): Service {
  const begin = ({ uploadId, name, size }: UploadStart__Output) =>
    uploads.begin(uploadId, { name, size: size === undefined ? undefined : sizeFrom(size) });

  // #region upload
  /** Reads an upload up to its finish. If the client half-closes without a finish, the file is not complete. */
  async function receive(upload: Upload, requests: Requests): Promise<UploadProgress> {
    // Ends the loop below, even while it waits for a message.
    const leave = () => void requests.return?.();
    if (upload.takenOver.aborted) leave();
    upload.takenOver.addEventListener('abort', leave);
    for await (const { part, chunk, finish } of requests) {
      if (part === 'chunk' && chunk) await upload.append(sizeFrom(chunk.offset), chunk.data);
      else if (part === 'finish' && finish) {
        const file = await upload.finish(sizeFrom(finish.size), finish.sha256);
        return { committed: file.size, file };
      } else throw new FileError('invalid', 'after the start an upload has only chunks and a finish');
    }
    upload.takenOver.throwIfAborted();
    return { committed: await upload.commit() };
  }
  // #endregion upload

  async function receiveAndLog(start: UploadStart__Output, requests: Requests): Promise<UploadProgress> {
    await using upload = await begin(start);
    try {
      const progress = await receive(upload, requests);
      log(`${progress.file ? 'received' : 'received a part of'} ${start.name}: ${progress.committed} bytes`);
      return progress;
    } catch (error) {
      log(`upload of ${start.name} stopped at ${upload.position} bytes: ${reasonOf(error)}`);
      throw error;
    }
  }

  // #region download
  async function* send({
    name,
    offset,
    limit,
    version,
  }: DownloadRequest__Output): AsyncGenerator<DownloadResponse> {
    await using file = await store.open(name);
    if (version !== '' && version !== file.info.version) {
      throw new FileError('changed', `${name} was replaced since version ${version}: begin again`);
    }
    const range = { offset: sizeFrom(offset), limit: sizeFrom(limit) };
    checkRange(file, range);
    yield { file: fileMessage(file.info) };
    const chunks = readRange(file, range, CHUNK_BYTES);
    for (let next = await chunks.next(); ; next = await chunks.next()) {
      if (next.done) {
        yield { end: next.value };
        log(`sent ${name}: ${next.value.size} bytes from ${range.offset}`);
        return;
      }
      yield { data: next.value };
    }
  }
  // #endregion download

  return defineService<FileTransferHandlers>(FileTransfer.service, {
    Upload: (requests) =>
      refusing(async () => {
        const { done, value } = await requests.next();
        if (done || !value.start) throw new FileError('invalid', 'an upload begins with its start');
        return statusMessage(await receiveAndLog(value.start, requests));
      }),
    QueryUpload: ({ uploadId, name }) =>
      refusing(async () => statusMessage(await uploads.query(uploadId, name))),
    Download: (request) => refusingStream(send(request)),
    async *List() {
      for await (const file of store.list()) yield fileMessage(file);
    },
    Delete: ({ name }) =>
      refusing(async () => {
        await uploads.remove(name);
        log(`deleted ${name}`);
        return {};
      }),
  });
}

/** What may be said of a failure here; every other failure is reported where the call ends. */
function reasonOf(error: unknown): string {
  return error instanceof FileError || error instanceof StatusError ? error.message : 'an internal error';
}

async function refusing<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw refusal(error);
  }
}

async function* refusingStream<Message>(messages: AsyncGenerator<Message>): AsyncGenerator<Message> {
  try {
    yield* messages;
  } catch (error) {
    throw refusal(error);
  }
}
