import { defineService, type Service } from 'grpc-iterables';
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
import type { Uploads } from './uploads.ts';

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
  async function receive(start: UploadStart__Output, requests: AsyncIterableIterator<UploadRequest__Output>) {
    await using upload = await begin(start);
    // A reader that leaves ends the stream: the loop below stops where it waits.
    const leave = () => void requests.return?.();
    if (upload.takenOver.aborted) leave();
    upload.takenOver.addEventListener('abort', leave);
    for await (const { part, chunk, finish } of requests) {
      if (part === 'chunk' && chunk) await upload.append(sizeFrom(chunk.offset), chunk.data);
      else if (part === 'finish' && finish) {
        const file = await upload.finish(sizeFrom(finish.size), finish.sha256);
        log(`received ${file.name}: ${file.size} bytes`);
        return { committed: file.size, file };
      } else throw new FileError('invalid', 'after the start an upload has only chunks and a finish');
    }
    upload.takenOver.throwIfAborted();
    // The client has half-closed without a finish: the file is not complete, and not published.
    return { committed: await upload.commit() };
  }
  // #endregion upload

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
        return statusMessage(await receive(value.start, requests));
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
