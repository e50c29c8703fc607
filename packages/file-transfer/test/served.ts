// A server and a client of it in this process, for the length of a test.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type ConnectedClient, connect, serve } from 'grpc-iterables';
import { FileTransfer } from 'proto';
import type { FileTransferClient } from 'proto/gen/files/FileTransfer';
import type { UploadRequest } from 'proto/gen/files/UploadRequest';
import { openFileStore } from '../src/file-store.ts';
import { fileService } from '../src/service.ts';
import type { Limits } from '../src/space.ts';
import { openUploads, type Uploads } from '../src/uploads.ts';

export interface Served {
  readonly client: ConnectedClient<FileTransferClient>;
  readonly address: string;
  readonly folder: string;
  readonly uploads: Uploads;
}

export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'files-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function served(t: TestContext, limits: Partial<Limits> = {}): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'files-'));
  const store = await openFileStore(folder);
  const unlimited = { fileSize: Number.POSITIVE_INFINITY, space: Number.POSITIVE_INFINITY };
  const uploads = await openUploads(store, { ...unlimited, ...limits });
  const server = await serve([fileService({ store, uploads, log: () => {} })], { gracePeriod: 0 });
  const client = connect(FileTransfer, server.address);
  t.after(async () => {
    await client.close();
    await server.shutdown();
    await uploads.idle();
    await rm(folder, { recursive: true });
  });
  return { client, address: server.address, folder, uploads };
}

export const newId = () => randomBytes(16).toString('hex');
export const sha256 = (data: Uint8Array) => createHash('sha256').update(data).digest();
export const start = (uploadId: string, name: string, size?: number): UploadRequest => ({
  start: { uploadId, name, ...(size === undefined ? {} : { size }) },
});
export const chunk = (offset: number, data: Uint8Array): UploadRequest => ({ chunk: { offset, data } });
export const finish = (content: Uint8Array): UploadRequest => ({
  finish: { size: content.length, sha256: sha256(content) },
});

/** All messages of an upload. */
export function* whole(uploadId: string, name: string, content: Uint8Array): Generator<UploadRequest> {
  yield start(uploadId, name, content.length);
  const step = 64 * 1024;
  for (let offset = 0; offset < content.length; offset += step) {
    yield chunk(offset, content.subarray(offset, offset + step));
  }
  yield finish(content);
}

/** Uploads in one call. */
export function upload({ client }: Served, name: string, content: Uint8Array) {
  return client.upload(whole(newId(), name, content));
}

export async function download({ client }: Served, request: Parameters<typeof client.download>[0]) {
  const parts: Buffer[] = [];
  let end: { size: string; sha256: Buffer } | undefined;
  let version = '';
  for await (const message of client.download(request)) {
    if (message.file) version = message.file.version;
    if (message.data) parts.push(message.data);
    if (message.end) end = message.end;
  }
  return { content: Buffer.concat(parts), version, end };
}

export async function names({ client }: Served): Promise<string[]> {
  const found: string[] = [];
  for await (const { name } of client.list({})) found.push(name);
  return found;
}

/** Waits until so many bytes of an upload are in its part: the server has received them. */
export async function received({ folder }: Served, id: string, bytes: number): Promise<void> {
  const path = join(folder, '.transfer/uploads', `${id}.part`);
  while ((await stat(path).catch(() => undefined))?.size !== bytes) await nextTurn();
}

/** A promise to wait for, and the function that settles it. */
export function event() {
  let happen = () => {};
  const happened = new Promise<void>((resolve) => {
    happen = resolve;
  });
  return { happened, happen };
}
