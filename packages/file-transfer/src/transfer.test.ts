import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { connect, defineService, type IterableHandlers, StatusError, serve } from 'grpc-iterables';
import { FileTransfer } from 'proto';
import type { FileTransferHandlers } from 'proto/gen/files/FileTransfer';
import { served, temporaryFolder, upload } from '../test/served.ts';
import { silencedOnTheWay } from '../test/silenced.ts';
import { fileDestination, streamDestination } from './destinations.ts';
import { type Destination, get } from './get.ts';
import { openLine } from './persist.ts';
import { put } from './put.ts';
import { fileSource, NotAFile, SourceChanged, streamSource } from './sources.ts';

const MIB = 1024 * 1024;
// Long enough to be interrupted in the middle.
const SIZE = 32 * MIB;

/** A server behind a relay, a line to it, and a file of this machine. */
async function setUp(t: TestContext, size = SIZE) {
  const files = await served(t);
  const relay = await silencedOnTheWay(t, files.address);
  const line = openLine(() => connect(FileTransfer, relay.address));
  t.after(() => line.close());
  const local = await temporaryFolder(t);
  const [original, copy] = [join(local, 'a.bin'), join(local, 'copy.bin')];
  const content = randomBytes(size);
  await writeFile(original, content);
  const stored = join(files.folder, 'a.bin');
  const breaks: string[] = [];
  const options = {
    patience: { stall: 1000, giveUpAfter: 60_000 },
    onBreak: ({ details }: StatusError) => breaks.push(details),
  };
  return { ...files, files, relay, line, local, original, copy, content, stored, breaks, options };
}

describe('put', () => {
  test('continues when its connection is cut and when it becomes silent, and sends less than twice the bytes', async (t) => {
    const { relay, line, original, stored, content, breaks, options } = await setUp(t);
    const source = await fileSource(original, 'a.bin');
    const putting = put(line, source, options);
    await relay.silenced();
    relay.cut();
    await relay.silenced();
    await putting;
    assert.ok((await readFile(stored)).equals(content));
    assert.ok(breaks.includes('nothing moved for 1 s'), breaks.join());
    assert.ok(relay.bytes() < 2 * SIZE, `${relay.bytes()} bytes for ${SIZE}`);
  });
  test('of a file that is changed while it is sent fails, and publishes nothing', async (t) => {
    const { relay, line, original, folder, options } = await setUp(t);
    const putting = put(line, await fileSource(original, 'a.bin'), options);
    await relay.silenced();
    await utimes(original, 1, 1);
    relay.cut();
    await assert.rejects(putting, SourceChanged);
    assert.deepEqual(await readdir(folder), ['.transfer']);
  });
  test('refuses a pipe, a device, a folder and other things without a fixed length', async (t) => {
    const folder = await temporaryFolder(t);
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/null', '/proc/self/status', folder]) {
      await assert.rejects(fileSource(path, 'a'), NotAFile);
    }
    await writeFile(join(folder, 'empty'), '');
    assert.equal((await fileSource(join(folder, 'empty'), 'a')).size, 0);
  });
  test('of a stream is one attempt: what was read cannot be read again', async (t) => {
    const { relay, line, folder, options } = await setUp(t);
    async function* endless() {
      for (;;) yield Buffer.alloc(MIB);
    }
    const putting = put(line, streamSource(endless(), 'a.bin'), options);
    await relay.silenced();
    relay.cut();
    await assert.rejects(putting, { code: status.UNAVAILABLE });
    assert.deepEqual(await readdir(folder), ['.transfer']);
  });
  test('of a stream waits for the program that writes it, for longer than the stall', async (t) => {
    const { line, files } = await setUp(t, 1);
    async function* slow() {
      yield Buffer.from('first, ');
      await delay(1500);
      yield Buffer.from('then');
    }
    const patience = { stall: 1000, giveUpAfter: 0 };
    await put(line, streamSource(slow(), 'a.txt'), { patience });
    assert.equal(await readFile(join(files.folder, 'a.txt'), 'utf8'), 'first, then');
  });
  test('gives up when no attempt moves anything for long enough', async (t) => {
    const { relay, line, original, breaks } = await setUp(t, 1);
    await relay.close();
    const patience = { stall: 1000, giveUpAfter: 500 };
    const putting = put(line, await fileSource(original, 'a.bin'), {
      patience,
      onBreak: ({ details }) => breaks.push(details),
    });
    await assert.rejects(putting, { code: status.UNAVAILABLE });
    assert.ok(breaks.length > 1);
  });
});

describe('a file destination', () => {
  const file = { name: 'a', size: '4', version: 'v1', sha256: Buffer.alloc(0), modifiedMs: '0' };
  test('is not spoiled by a second download that begins at the same time', async (t) => {
    const path = join(await temporaryFolder(t), 'a');
    const [first, second] = [fileDestination(path), fileDestination(path)];
    assert.deepEqual([await first.resume(), await second.resume()], [undefined, undefined]);
    await first.begin(file);
    await first.write(Buffer.from('ab'));
    await assert.rejects(second.begin(file), { code: status.ABORTED });
    await first.write(Buffer.from('cd'));
    await first.finish();
    assert.equal(await readFile(path, 'utf8'), 'abcd');
  });
  test('does not take the part of another file for its own, if both have long names', async (t) => {
    const folder = await temporaryFolder(t);
    const first = fileDestination(join(folder, `${'long'.repeat(20)}1`));
    await first.begin(file);
    assert.equal(await fileDestination(join(folder, `${'long'.repeat(20)}2`)).resume(), undefined);
    await first.discard();
  });
  test('does not take a file of the user for its part', async (t) => {
    const folder = await temporaryFolder(t);
    await writeFile(join(folder, 'a.backup.part'), 'precious');
    assert.equal(await fileDestination(join(folder, 'a')).resume(), undefined);
  });
  test('refuses to replace a folder, a pipe or a device', async (t) => {
    const folder = await temporaryFolder(t);
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const path of [folder, join(folder, 'pipe'), '/dev/null', '']) {
      await assert.rejects(fileDestination(path).resume(), NotAFile);
    }
  });
  test('says when it has read a piece of its part, which can take minutes', async (t) => {
    const path = join(await temporaryFolder(t), 'a');
    await writeFile(`${path}.v1.file-transfer`, Buffer.alloc(3 * MIB));
    const destination = fileDestination(path);
    let pieces = 0;
    const found = await destination.resume(() => pieces++);
    await destination.pause();
    assert.deepEqual([found?.position, pieces], [3 * MIB, 3]);
  });
});

describe('a server that does not say the truth', () => {
  /** A server that was written to deceive, and a line to it. */
  async function deceiver(t: TestContext, handlers: Partial<Handlers>) {
    const unused = async () => {
      throw new StatusError(status.NOT_FOUND, 'nothing');
    };
    const none = async function* () {};
    const all: Handlers = {
      Upload: unused,
      QueryUpload: unused,
      Delete: unused,
      List: none,
      Download: none,
      ...handlers,
    };
    const server = await serve([defineService<FileTransferHandlers>(FileTransfer.service, all)]);
    const line = openLine(() => connect(FileTransfer, server.address));
    t.after(() => Promise.all([line.close(), server.shutdown()]));
    return line;
  }
  type Handlers = IterableHandlers<FileTransferHandlers>;
  const file = { name: 'a', size: 4, version: 'v1', sha256: Buffer.alloc(0), modifiedMs: 0 };
  const data = Buffer.from('abcd');

  for (const [what, handlers] of [
    ['completes an upload before it is sent', { Upload: async () => ({ committedSize: 4, file }) }],
    ['completes another file', { QueryUpload: async () => ({ committedSize: 4, file }) }],
  ] as const) {
    test(`and ${what} does not make put succeed`, async (t) => {
      const line = await deceiver(t, handlers);
      const path = join(await temporaryFolder(t), 'a');
      await writeFile(path, Buffer.alloc(100_000));
      await assert.rejects(put(line, await fileSource(path, 'a')), StatusError);
    });
  }
  test('and sends two files in one download does not make get succeed', async (t) => {
    async function* Download() {
      for (const version of ['v1', 'v2']) yield* [{ file: { ...file, version } }, { data }];
      const sha256 = createHash('sha256').update(data).update(data).digest();
      yield { end: { size: 8, sha256 } };
    }
    const line = await deceiver(t, { Download });
    const path = join(await temporaryFolder(t), 'a');
    await assert.rejects(get(line, 'a', fileDestination(path)), { details: /a second file/ });
    await assert.rejects(readFile(path), { code: 'ENOENT' });
  });
  test('and continues with another version does not make get succeed', async (t) => {
    async function* Download() {
      yield* [{ file: { ...file, version: 'v2' } }, { data }];
      yield { end: { size: 4, sha256: createHash('sha256').update(data).digest() } };
    }
    const line = await deceiver(t, { Download });
    const path = join(await temporaryFolder(t), 'a');
    await writeFile(`${path}.v1.file-transfer`, 'ab');
    await assert.rejects(get(line, 'a', fileDestination(path)), { details: /another version/ });
  });
});

describe('get', () => {
  test('continues when its connection is cut and when it becomes silent', async (t) => {
    const { files, relay, line, content, copy, local, breaks, options } = await setUp(t);
    await upload(files, 'a.bin', content);
    const getting = get(line, 'a.bin', fileDestination(copy), options);
    await relay.silenced();
    relay.cut();
    await relay.silenced();
    await getting;
    assert.ok((await readFile(copy)).equals(content));
    assert.ok(breaks.includes('nothing moved for 1 s'), breaks.join());
    assert.ok(relay.bytes() < 2 * SIZE, `${relay.bytes()} bytes for ${SIZE}`);
    assert.deepEqual((await readdir(local)).toSorted(), ['a.bin', 'copy.bin']);
  });
  test('may read what is there for longer than the stall', async (t) => {
    const { files, line, copy } = await setUp(t, 1);
    await upload(files, 'a', Buffer.from('a'));
    const slow: Destination = {
      ...fileDestination(copy),
      async resume(onRead) {
        for (let piece = 0; piece < 60; piece++) {
          await delay(20);
          onRead?.();
        }
        return undefined;
      },
    };
    await get(line, 'a', slow, { patience: { stall: 1000, giveUpAfter: 0 } });
    assert.equal(await readFile(copy, 'utf8'), 'a');
  });
  test('continues into a stream such as standard output', async (t) => {
    const { files, relay, line, content, options } = await setUp(t);
    await upload(files, 'a.bin', content);
    const output = new PassThrough();
    const received = buffer(output);
    const getting = get(line, 'a.bin', streamDestination(output), options);
    await relay.silenced();
    relay.cut();
    await getting;
    output.end();
    assert.ok((await received).equals(content));
  });
  test('that was stopped continues in another process, or begins again if the file was replaced', async (t) => {
    const { files, relay, line, content, copy, local, options } = await setUp(t);
    await upload(files, 'a.bin', content);
    async function stopped() {
      const stop = new AbortController();
      const patience = { ...options.patience, signal: stop.signal };
      const getting = get(line, 'a.bin', fileDestination(copy), { patience });
      await relay.silenced();
      stop.abort();
      await assert.rejects(getting, { code: status.CANCELLED });
      line.renew();
    }
    await stopped();
    assert.match((await readdir(local)).join(), /copy\.bin\.[\w-]+\.file-transfer/);
    const before = relay.bytes();
    await get(line, 'a.bin', fileDestination(copy), options);
    assert.ok((await readFile(copy)).equals(content));
    assert.ok(relay.bytes() - before < SIZE, 'it began in the middle');

    await stopped();
    const replacement = randomBytes(MIB);
    await upload(files, 'a.bin', replacement);
    await get(line, 'a.bin', fileDestination(copy), options);
    assert.ok((await readFile(copy)).equals(replacement));
    assert.deepEqual((await readdir(local)).toSorted(), ['a.bin', 'copy.bin']);
  });
  test('keeps nothing of a file that the disk of the server has damaged', async (t) => {
    const { files, line, content, copy, local, stored } = await setUp(t, MIB);
    await upload(files, 'a.bin', content);
    const reference = join(local, 'a.bin');
    execFileSync('touch', ['-r', stored, reference]);
    await using handle = await open(stored, 'r+');
    await handle.write('damage', 1000);
    // As a disk does it: the file looks as before.
    execFileSync('touch', ['-r', reference, stored]);
    await assert.rejects(get(line, 'a.bin', fileDestination(copy)), { code: status.DATA_LOSS });
    assert.deepEqual(await readdir(local), ['a.bin']);
  });
  test('does not let the server choose a path', async (t) => {
    const local = await temporaryFolder(t);
    await mkdir(join(local, 'inside'));
    const destination = fileDestination(join(local, 'inside/a'));
    const file = { name: 'a', size: '1', version: '/../../out', sha256: Buffer.alloc(0), modifiedMs: '0' };
    await assert.rejects(destination.begin(file), { code: status.INTERNAL, details: /unusable version/ });
    assert.deepEqual(await readdir(local), ['inside']);
  });
});
