import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFile, type FileHandle, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { listening, startCommand } from 'cli/testing';
import { connect } from 'grpc-iterables';
import { FileTransfer } from 'proto';
import {
  chunk,
  download,
  finish,
  names,
  newId,
  served,
  sha256,
  start,
  temporaryFolder,
  upload,
  whole,
} from '../test/served.ts';
import { openFileStore } from './file-store.ts';
import { openUploads } from './uploads.ts';

const MIB = 1024 * 1024;
const full = (details: RegExp) => ({ code: status.RESOURCE_EXHAUSTED, details });

describe('a limit', () => {
  test('for the size of a file refuses a larger one at its start, or where it becomes too large', async (t) => {
    const { client } = await served(t, { fileSize: 100 });
    await assert.rejects(client.upload([start(newId(), 'a', 101)]), full(/101 bytes is larger than .* 100/));
    const grown = [start(newId(), 'a'), chunk(0, Buffer.alloc(60)), chunk(60, Buffer.alloc(60))];
    await assert.rejects(client.upload(grown), full(/120 bytes is larger than .* 100/));
  });
  test('for the space counts files and open uploads, and not what is deleted or replaced', async (t) => {
    const files = await served(t, { space: 100 });
    await upload(files, 'a', Buffer.alloc(60));
    const id = newId();
    await files.client.upload([start(id, 'b'), chunk(0, Buffer.alloc(30))]);
    await assert.rejects(upload(files, 'c', Buffer.alloc(11)), full(/space for 10 more bytes, not for 11/));
    await files.client.delete({ name: 'a' });
    await upload(files, 'c', Buffer.alloc(35));
    await upload(files, 'c', Buffer.alloc(35));
    await assert.rejects(upload(files, 'd', Buffer.alloc(36)), full(/space for 35 more/));
    // What was committed before is still there.
    await files.client.upload([start(id, 'b'), finish(Buffer.alloc(30))]);
  });
});

describe('the space of a server that starts', () => {
  const [id, content] = ['0123456789', Buffer.alloc(1000)];

  /** A folder with an upload of which 600 bytes are committed, and more bytes that are not. */
  async function interrupted(t: TestContext, uncommitted: number) {
    const folder = await temporaryFolder(t);
    const uploads = await openUploads(await openFileStore(folder), { fileSize: 1000, space: 1000 });
    const upload = await uploads.begin(id, { name: 'a', size: 1000 });
    await upload.append(0, content.subarray(0, 600));
    await upload[Symbol.asyncDispose]();
    await appendFile(join(folder, '.transfer/uploads', `${id}.part`), Buffer.alloc(uncommitted));
    return folder;
  }
  for (const [what, uncommitted] of [
    ['does not include how the server keeps an upload', 0],
    ['has room for the rest of an upload that was killed between two commits', 200],
  ] as const) {
    test(what, async (t) => {
      const folder = await interrupted(t, uncommitted);
      const uploads = await openUploads(await openFileStore(folder), { fileSize: 1000, space: 1000 });
      await using upload = await uploads.begin(id, { name: 'a', size: 1000 });
      assert.equal(upload.position, 600);
      await upload.append(600, content.subarray(600));
      await upload.finish(1000, sha256(content));
    });
  }
  test('counts a folder with a name that is not UTF-8, without that file', async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(Buffer.concat([Buffer.from(join(folder, 'caf')), Buffer.from([0xe9])]), 'latin 1');
    await writeFile(join(folder, 'a'), 'a');
    assert.equal(await (await openFileStore(folder)).bytes(), 1);
  });
});

/** A server whose folder is a file system of 8 MiB; needs the right to make one, as root has it. */
async function serverOnSmallDisk(t: TestContext) {
  const folder = await temporaryFolder(t);
  const server = new URL('./server.ts', import.meta.url).pathname;
  const script = `mount -t tmpfs -o size=8m tmpfs ${folder} && exec ${process.execPath} --import tsx ${server} --port 0 --folder ${folder}`;
  const started = startCommand(t, 'unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script]);
  return listening(started).catch(() => undefined);
}

describe('a full disk', () => {
  test('is RESOURCE_EXHAUSTED, loses nothing that was committed, and the upload continues later', async (t) => {
    const server = await serverOnSmallDisk(t);
    if (!server) return t.skip('cannot mount a small file system here');
    await using client = connect(FileTransfer, server.address);
    const ballast = newId();
    await client.upload(whole(ballast, 'ballast', Buffer.alloc(3 * MIB)));
    const [id, content] = [newId(), randomBytes(6 * MIB)];
    const begun = await client.upload([...whole(id, 'a', content)].slice(0, 20));
    await assert.rejects(client.upload(whole(id, 'a', content)), full(/the disk of the server is full/));
    const { committedSize } = await client.queryUpload({ uploadId: id, name: 'a' });
    assert.ok(Number(committedSize) >= Number(begun.committedSize));
    await client.delete({ name: 'ballast' });
    await client.upload(whole(id, 'a', content));
    const { file } = await client.queryUpload({ uploadId: id, name: 'a' });
    assert.equal(file?.size, String(content.length));
    assert.deepEqual(server.errors, []);
  });
});

describe('a disk error', () => {
  test('of the note with the checksum fails a download, because nobody could check its bytes', async (t) => {
    const files = await served(t);
    await upload(files, 'a', Buffer.from('a'));
    await rm(join(files.folder, '.transfer/checksums/a'));
    await mkdir(join(files.folder, '.transfer/checksums/a'));
    t.mock.method(console, 'error', () => {});
    await assert.rejects(download(files, { name: 'a' }), { code: status.INTERNAL });
  });
  const cases = [
    ['writev', 'of a write', 40],
    ['datasync', 'of a commit', 20],
    ['sync', 'of the last sync', 40],
  ] as const;
  for (const [method, what, sent] of cases) {
    test(`${what} never looks like success, and the next attempt is whole`, async (t) => {
      const files = await served(t);
      const [id, content] = [newId(), randomBytes(2 * MIB)];
      const { committedSize } = await files.client.upload([...whole(id, 'a', content)].slice(0, 10));
      await using handle = await open(files.folder);
      const prototype: FileHandle = Object.getPrototypeOf(handle);
      const log = t.mock.method(console, 'error', () => {});
      const broken = t.mock.method(prototype, method, () => Promise.reject(new Error('EIO: i/o error')));
      await assert.rejects(files.client.upload([...whole(id, 'a', content)].slice(0, sent)), {
        code: status.INTERNAL,
        details: 'internal error',
      });
      broken.mock.restore();
      assert.equal(log.mock.callCount(), 1, 'the log of the server says what happened');
      assert.deepEqual(await names(files), []);
      const kept = await files.client.queryUpload({ uploadId: id, name: 'a' });
      assert.equal(kept.committedSize, committedSize);
      await files.client.upload(whole(id, 'a', content));
      assert.deepEqual(await readFile(join(files.folder, 'a')), content);
    });
  }
});
