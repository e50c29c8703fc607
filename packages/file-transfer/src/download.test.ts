import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { open, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { download, names, served, sha256, upload } from '../test/served.ts';

const MIB = 1024 * 1024;

describe('a download', () => {
  test('has the whole file and its checksum', async (t) => {
    const files = await served(t);
    const content = randomBytes(MIB + 1);
    const { file } = await upload(files, 'a.bin', content);
    const got = await download(files, { name: 'a.bin' });
    assert.deepEqual(got.content, content);
    assert.deepEqual(got.end, { size: String(content.length), sha256: sha256(content) });
    assert.deepEqual([got.version, file?.sha256], [file?.version, sha256(content)]);
  });
  test('of a range has these bytes and their checksum', async (t) => {
    const files = await served(t);
    const content = randomBytes(MIB);
    await upload(files, 'a.bin', content);
    for (const [offset, limit, end] of [
      [10, 20, 30],
      [MIB - 5, 20, MIB],
      [300_000, 0, MIB],
      [MIB, 0, MIB],
    ] as const) {
      const got = await download(files, { name: 'a.bin', offset, limit });
      const expected = content.subarray(offset, end);
      assert.deepEqual(got.content, expected);
      assert.deepEqual(got.end, { size: String(expected.length), sha256: sha256(expected) });
    }
  });
  test('continues by offset and version, and is FAILED_PRECONDITION if the file was replaced', async (t) => {
    const files = await served(t);
    await upload(files, 'a.bin', Buffer.from('abcdef'));
    const { version } = await download(files, { name: 'a.bin', limit: 3 });
    const rest = await download(files, { name: 'a.bin', offset: 3, version });
    assert.equal(String(rest.content), 'def');
    await upload(files, 'a.bin', Buffer.from('abcdef'));
    await assert.rejects(download(files, { name: 'a.bin', offset: 3, version }), {
      code: status.FAILED_PRECONDITION,
    });
  });
  test('stays the file that it began with, if that is replaced or deleted in the meantime', async (t) => {
    const files = await served(t);
    const content = randomBytes(4 * MIB);
    await upload(files, 'a.bin', content);
    const parts: Buffer[] = [];
    for await (const { file, data } of files.client.download({ name: 'a.bin' })) {
      if (file) {
        await upload(files, 'a.bin', randomBytes(10));
        await files.client.delete({ name: 'a.bin' });
      }
      if (data) parts.push(data);
    }
    assert.deepEqual(Buffer.concat(parts), content);
  });
  test('is FAILED_PRECONDITION if the file was changed in place', async (t) => {
    const files = await served(t);
    await upload(files, 'a.bin', Buffer.alloc(4 * MIB));
    async function readAndChange() {
      for await (const { file } of files.client.download({ name: 'a.bin' })) {
        if (!file) continue;
        await using handle = await open(join(files.folder, 'a.bin'), 'r+');
        await handle.write('changed', 4 * MIB - 10);
        await handle.truncate(2 * MIB);
      }
    }
    await assert.rejects(readAndChange(), { code: status.FAILED_PRECONDITION });
  });
  test('of an unknown name is NOT_FOUND, and from beyond the end OUT_OF_RANGE', async (t) => {
    const files = await served(t);
    await upload(files, 'a.bin', Buffer.from('abc'));
    await assert.rejects(download(files, { name: 'b.bin' }), { code: status.NOT_FOUND });
    await assert.rejects(download(files, { name: 'a.bin', offset: 4 }), { code: status.OUT_OF_RANGE });
    await assert.rejects(download(files, { name: 'a.bin', offset: -1 }), { code: status.INVALID_ARGUMENT });
  });
});

describe('the folder', () => {
  test('is listed by name, with files that came by other means, which have no checksum', async (t) => {
    const files = await served(t);
    await upload(files, 'b', Buffer.from('b'));
    await writeFile(join(files.folder, 'a'), 'copied');
    const found: [string, string, number][] = [];
    for await (const file of files.client.list({})) found.push([file.name, file.size, file.sha256.length]);
    assert.deepEqual(found, [
      ['a', '6', 0],
      ['b', '1', 32],
    ]);
    assert.equal(String((await download(files, { name: 'a' })).content), 'copied');
  });
  test('loses a file that is deleted', async (t) => {
    const files = await served(t);
    await upload(files, 'a', Buffer.from('a'));
    await files.client.delete({ name: 'a' });
    assert.deepEqual(await names(files), []);
    await assert.rejects(files.client.delete({ name: 'a' }), { code: status.NOT_FOUND });
  });
  test('shows no link, and none is followed', async (t) => {
    const files = await served(t);
    const outside = `${files.folder}-outside`;
    await writeFile(outside, 'secret');
    t.after(() => rm(outside));
    await symlink(outside, join(files.folder, 'link'));
    assert.deepEqual(await names(files), []);
    await assert.rejects(download(files, { name: 'link' }), { code: status.NOT_FOUND });
    await assert.rejects(files.client.delete({ name: 'link' }), { code: status.NOT_FOUND });
    // An upload replaces the link, not what it points to.
    await upload(files, 'link', Buffer.from('mine'));
    await using handle = await open(outside);
    assert.equal(await handle.readFile('utf8'), 'secret');
  });
});
