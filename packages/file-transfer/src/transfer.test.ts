import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, type TestContext, test } from 'node:test';
import { status } from '@grpc/grpc-js';
import { connect, type StatusError } from 'grpc-iterables';
import { FileTransfer } from 'proto';
import { served, temporaryFolder, upload } from '../test/served.ts';
import { silencedOnTheWay } from '../test/silenced.ts';
import { fileDestination, streamDestination } from './destinations.ts';
import { get } from './get.ts';
import { openLine } from './persist.ts';
import { put } from './put.ts';
import { fileSource, SourceChanged, streamSource } from './sources.ts';

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
    assert.match((await readdir(local)).join(), /copy\.bin\.[\w-]+\.part/);
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
