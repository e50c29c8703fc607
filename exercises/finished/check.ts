import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { defineService, StatusError } from 'grpc-iterables';
import { FileTransfer } from 'proto';
import type { FileTransferHandlers } from 'proto/gen/files/FileTransfer';
import { attempt, failsWith, patience, served } from '../harness.ts';

const { receiveInto } = await attempt<typeof import('./start.ts')>(import.meta.url);

const missing = () => {
  throw new StatusError(status.UNIMPLEMENTED, 'not part of this exercise');
};
const serving = (files: Map<string, Buffer>) =>
  defineService<FileTransferHandlers>(
    FileTransfer.service,
    { Upload: receiveInto(files), QueryUpload: missing, List: missing, Delete: missing, Download: missing },
    { onError: () => {} },
  );

const start = (uploadId: string) => ({ start: { uploadId, name: 'a' } });
const chunk = (offset: number, text: string) => ({ chunk: { offset, data: Buffer.from(text) } });
const finish = (size: number, text: string) => ({
  finish: { size, sha256: createHash('sha256').update(text).digest() },
});

test('a finish publishes the file, while the stream is still open', patience, async (t) => {
  const files = new Map<string, Buffer>();
  const client = await served(t, serving(files), FileTransfer);
  async function* requests() {
    yield* [start('1'), chunk(0, 'abc'), chunk(3, 'def'), finish(6, 'abcdef')];
    await new Promise(() => {});
  }
  const { committedSize, file } = await client.upload(requests());
  assert.deepEqual([committedSize, file?.size], ['6', '6']);
  assert.equal(String(files.get('a')), 'abcdef');
});

test('a half-close alone publishes nothing, and a later call continues', patience, async (t) => {
  const files = new Map<string, Buffer>();
  const client = await served(t, serving(files), FileTransfer);
  const { committedSize, file } = await client.upload([start('1'), chunk(0, 'abc')]);
  assert.deepEqual([committedSize, file], ['3', null]);
  assert.equal(files.size, 0);
  await client.upload([start('1'), chunk(3, 'def'), finish(6, 'abcdef')]);
  assert.equal(String(files.get('a')), 'abcdef');
});

test('two uploads of one name do not mix', patience, async (t) => {
  const files = new Map<string, Buffer>();
  const client = await served(t, serving(files), FileTransfer);
  await client.upload([start('1'), chunk(0, 'abc')]);
  await client.upload([start('2'), chunk(0, 'xyz'), finish(3, 'xyz')]);
  assert.equal(String(files.get('a')), 'xyz');
});

test('bytes that are there already are skipped, and a gap is OUT_OF_RANGE', patience, async (t) => {
  const files = new Map<string, Buffer>();
  const client = await served(t, serving(files), FileTransfer);
  await client.upload([start('1'), chunk(0, 'abc'), chunk(1, 'bcd'), chunk(0, 'a'), finish(4, 'abcd')]);
  assert.equal(String(files.get('a')), 'abcd');
  await failsWith(client.upload([start('2'), chunk(1, 'b')]), status.OUT_OF_RANGE);
});

test('a wrong size or checksum is DATA_LOSS, and the upload is forgotten', patience, async (t) => {
  const files = new Map<string, Buffer>();
  const client = await served(t, serving(files), FileTransfer);
  for (const wrong of [finish(2, 'abc'), finish(3, 'abd')]) {
    await failsWith(client.upload([start('1'), chunk(0, 'abc'), wrong]), status.DATA_LOSS);
    const { committedSize } = await client.upload([start('1')]);
    assert.equal(committedSize, '0');
  }
  assert.equal(files.size, 0);
});
