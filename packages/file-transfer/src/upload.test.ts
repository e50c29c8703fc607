import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import {
  chunk,
  download,
  event,
  finish,
  names,
  newId,
  received,
  type Served,
  served,
  sha256,
  start,
  upload,
  whole,
} from '../test/served.ts';
import { openFileStore } from './file-store.ts';
import { openUploads } from './uploads.ts';

const KIB = 1024;

/** Sends some of a file, waits until the server has it, and cancels. */
async function cancelledUpload(files: Served, id: string, name: string, sent: Buffer): Promise<void> {
  const cancel = new AbortController();
  async function* requests() {
    yield start(id, name);
    yield chunk(0, sent);
    await new Promise(() => {});
  }
  const call = files.client.upload(requests(), { signal: cancel.signal });
  await received(files, id, sent.length);
  cancel.abort();
  await assert.rejects(call, { code: status.CANCELLED });
  await files.uploads.idle();
}

describe('an upload', () => {
  test('is complete with its finish, without a half-close', async (t) => {
    const files = await served(t);
    const content = randomBytes(300 * KIB);
    async function* requests() {
      yield* whole(newId(), 'a.bin', content);
      await new Promise(() => {});
    }
    const { file } = await files.client.upload(requests());
    assert.equal(file?.size, String(content.length));
    assert.deepEqual(await readFile(join(files.folder, 'a.bin')), content);
  });
  test('is never complete by its half-close alone, which only commits', async (t) => {
    const files = await served(t);
    const id = newId();
    const answer = await files.client.upload([start(id, 'a.bin', 4), chunk(0, Buffer.from('abcd'))]);
    assert.deepEqual([answer.committedSize, answer.file], ['4', null]);
    assert.deepEqual(await names(files), []);
    const done = await files.client.upload([start(id, 'a.bin', 4), finish(Buffer.from('abcd'))]);
    assert.equal(done.file?.name, 'a.bin');
  });
  test('that is cancelled publishes nothing, and continues from what QueryUpload says', async (t) => {
    const files = await served(t);
    const [id, content] = [newId(), randomBytes(500 * KIB)];
    await cancelledUpload(files, id, 'a.bin', content.subarray(0, 300 * KIB));
    assert.deepEqual(await names(files), []);
    const { committedSize } = await files.client.queryUpload({ uploadId: id, name: 'a.bin' });
    const from = Number(committedSize);
    assert.equal(from, 300 * KIB);
    await files.client.upload([start(id, 'a.bin'), chunk(from, content.subarray(from)), finish(content)]);
    assert.deepEqual(await readFile(join(files.folder, 'a.bin')), content);
  });
  test('may be sent again from its beginning: what is committed is skipped', async (t) => {
    const files = await served(t);
    const [id, content] = [newId(), randomBytes(500 * KIB)];
    await files.client.upload([start(id, 'a.bin', content.length), chunk(0, content.subarray(0, 100 * KIB))]);
    await files.client.upload(whole(id, 'a.bin', content));
    assert.deepEqual(await readFile(join(files.folder, 'a.bin')), content);
  });
  test('with a gap is OUT_OF_RANGE', async (t) => {
    const { client } = await served(t);
    const gap = client.upload([start(newId(), 'a.bin'), chunk(1, Buffer.from('b'))]);
    await assert.rejects(gap, { code: status.OUT_OF_RANGE, details: /gap: the upload ends at 0/ });
  });
  test('with a wrong length is refused and stays; with a wrong checksum it is DATA_LOSS and deleted', async (t) => {
    const files = await served(t);
    const id = newId();
    const query = { uploadId: id, name: 'a.bin' };
    const begin = [start(id, 'a.bin'), chunk(0, Buffer.from('abcd'))];
    await assert.rejects(files.client.upload([...begin, finish(Buffer.from('abc'))]), {
      code: status.INVALID_ARGUMENT,
    });
    assert.equal((await files.client.queryUpload(query)).committedSize, '4');
    await assert.rejects(files.client.upload([...begin, finish(Buffer.from('abce'))]), {
      code: status.DATA_LOSS,
    });
    await assert.rejects(files.client.queryUpload(query), { code: status.NOT_FOUND });
    assert.deepEqual(await names(files), []);
  });
  test('that is continued in the same process is not read again', async (t) => {
    const files = await served(t);
    const [id, content] = [newId(), randomBytes(1_000_000)];
    await files.client.upload([...whole(id, 'a', content)].slice(0, 10));
    await using handle = await open(files.folder);
    const reads = t.mock.method(Object.getPrototypeOf(handle) as FileHandle, 'read');
    const { file } = await files.client.upload(whole(id, 'a', content));
    assert.deepEqual(file?.sha256, sha256(content));
    assert.equal(reads.mock.callCount(), 0);
  });
  test('that is still open is committed when somebody asks how far it is', async (t) => {
    const files = await served(t);
    const id = newId();
    const stop = new AbortController();
    async function* requests() {
      yield start(id, 'a.bin');
      yield chunk(0, Buffer.alloc(50 * KIB));
      await new Promise(() => {});
    }
    const call = files.client.upload(requests(), { signal: stop.signal });
    await received(files, id, 50 * KIB);
    const { committedSize } = await files.client.queryUpload({ uploadId: id, name: 'a.bin' });
    assert.equal(committedSize, String(50 * KIB));
    stop.abort();
    await assert.rejects(call, { code: status.CANCELLED });
  });
  test('is continued by a second call, and the first ends with ABORTED', async (t) => {
    const files = await served(t);
    const [id, content] = [newId(), randomBytes(100 * KIB)];
    async function* first() {
      yield start(id, 'a.bin', content.length);
      yield chunk(0, content.subarray(0, 50 * KIB));
      await new Promise(() => {});
    }
    const aborted = assert.rejects(files.client.upload(first()), { code: status.ABORTED });
    await received(files, id, 50 * KIB);
    await files.client.upload(whole(id, 'a.bin', content));
    await aborted;
    assert.deepEqual(await readFile(join(files.folder, 'a.bin')), content);
  });
  test('that many calls want to continue at the same time is written by one after the other', async (t) => {
    const files = await served(t);
    const [id, content] = [newId(), randomBytes(100 * KIB)];
    const calls = Array.from({ length: 10 }, () => files.client.upload(whole(id, 'a.bin', content)));
    const results = await Promise.allSettled(calls);
    const failures = results.filter((result) => result.status === 'rejected');
    assert.ok(failures.every(({ reason }) => reason.code === status.ABORTED));
    assert.ok(failures.length < calls.length);
    assert.deepEqual(await readFile(join(files.folder, 'a.bin')), content);
  });
  test('that is complete stays known as complete, until the file is another one', async (t) => {
    const files = await served(t);
    const id = newId();
    const query = { uploadId: id, name: 'a.bin' };
    await files.client.upload(whole(id, 'a.bin', Buffer.from('one')));
    assert.equal((await files.client.queryUpload(query)).file?.size, '3');
    await upload(files, 'a.bin', Buffer.from('two'));
    await assert.rejects(files.client.queryUpload(query), { code: status.NOT_FOUND });
  });
  test('keeps its name and size: another start with the same id is refused', async (t) => {
    const { client } = await served(t);
    const id = newId();
    await client.upload([start(id, 'a.bin', 9), chunk(0, Buffer.from('abcd'))]);
    await assert.rejects(client.upload([start(id, 'b.bin', 9)]), { code: status.INVALID_ARGUMENT });
  });
  test('that says something else than start, chunks and finish is refused', async (t) => {
    const { client } = await served(t);
    const refused: [Parameters<typeof client.upload>[0], RegExp][] = [
      [[], /begins with its start/],
      [[chunk(0, Buffer.from('a'))], /begins with its start/],
      [[start(newId(), 'a'), start(newId(), 'a')], /only chunks and a finish/],
      [[start('short', 'a')], /upload_id must be/],
      [[start('../../../../etc', 'a')], /upload_id must be/],
      [[start(newId(), 'a', -1)], /-1 bytes is not a size/],
      [[start(newId(), 'a'), chunk(-1, Buffer.from('ab'))], /-1 is not an offset/],
      [[start(newId(), 'a', 1), chunk(0, Buffer.from('ab'))], /more than the 1 that were announced/],
      [[start(newId(), 'a'), { chunk: { offset: '9223372036854775807' } }], /too large for a size/],
    ];
    for (const [requests, details] of refused) {
      await assert.rejects(client.upload(requests), { code: status.INVALID_ARGUMENT, details });
    }
  });
});

describe('the file of an upload', () => {
  test('appears at once and whole: a reader sees the old file or the new one', async (t) => {
    const files = await served(t);
    const versions = [0, 1, 2, 3].map((fill) => Buffer.alloc(2000 * KIB, fill));
    await upload(files, 'a.bin', versions[0] ?? Buffer.alloc(0));
    let reading = true;
    async function read(): Promise<number> {
      let count = 0;
      for (; reading; count++) {
        const content = await readFile(join(files.folder, 'a.bin'));
        assert.ok(
          versions.some((version) => version.equals(content)),
          'a mixture was read',
        );
      }
      return count;
    }
    const reads = read();
    for (const version of versions) await upload(files, 'a.bin', version);
    reading = false;
    assert.ok((await reads) > 0);
  });
  test('is that of the upload that finished last, if two have one name', async (t) => {
    const files = await served(t);
    const [early, late] = [randomBytes(200 * KIB), randomBytes(300 * KIB)];
    const finished = event();
    async function* slow() {
      const [first, ...rest] = whole(newId(), 'a.bin', early);
      if (first) yield first;
      await finished.happened;
      yield* rest;
    }
    const slowUpload = files.client.upload(slow());
    await upload(files, 'a.bin', late);
    assert.deepEqual(await readFile(join(files.folder, 'a.bin')), late);
    finished.happen();
    await slowUpload;
    assert.deepEqual(await readFile(join(files.folder, 'a.bin')), early);
  });
  test('may be empty', async (t) => {
    const files = await served(t);
    await upload(files, 'empty', Buffer.alloc(0));
    assert.deepEqual((await download(files, { name: 'empty' })).end?.size, '0');
  });
});

describe('leftovers', () => {
  test('of uploads that no client continued are deleted after a time; open uploads stay', async (t) => {
    const files = await served(t, { space: 10 });
    const [old, current] = [newId(), newId()];
    await files.client.upload([start(old, 'old'), chunk(0, Buffer.alloc(6))]);
    const finishing = event();
    async function* writing() {
      yield start(current, 'current');
      yield chunk(0, Buffer.alloc(3));
      await finishing.happened;
      yield finish(Buffer.alloc(3));
    }
    const call = files.client.upload(writing());
    await received(files, current, 3);
    assert.equal(await files.uploads.sweep(60_000), 0);
    assert.equal(await files.uploads.sweep(0), 1);
    await assert.rejects(files.client.queryUpload({ uploadId: old, name: 'old' }), {
      code: status.NOT_FOUND,
    });
    finishing.happen();
    await call;
    // Their space is free again.
    await upload(files, 'new', Buffer.alloc(7));
    assert.deepEqual(await readdir(join(files.folder, '.transfer/uploads')), []);
  });
  test('that were never committed go when the server starts', async (t) => {
    const files = await served(t);
    const part = join(files.folder, '.transfer/uploads/0123456789.part');
    await writeFile(part, 'never committed');
    await openUploads(await openFileStore(files.folder), { fileSize: 1, space: 1 });
    assert.deepEqual(await readdir(join(files.folder, '.transfer/uploads')), []);
  });
});
