import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { startProgram, startServer } from 'cli/testing';
import { temporaryFolder } from '../test/served.ts';
import { silencedOnTheWay } from '../test/silenced.ts';

const server = new URL('./server.ts', import.meta.url);
const client = new URL('./client.ts', import.meta.url);
const MIB = 1024 * 1024;
// Long enough to be interrupted in the middle.
const SIZE = 32 * MIB;

/** A server with a folder, and a folder with a file to put there. */
async function setUp(t: TestContext, size: number) {
  const folder = await temporaryFolder(t);
  const [served, local] = [join(folder, 'served'), join(folder, 'local')];
  await mkdir(local);
  const content = randomBytes(size);
  const original = join(local, 'a.bin');
  await writeFile(original, content);
  const started = await startServer(t, server, '--folder', served);
  const run = (address: string, ...args: string[]) => startProgram(t, client, '--address', address, ...args);
  return { ...started, served, local, original, content, run };
}

describe('the server', () => {
  test('says in one line what is wrong with its folder', async (t) => {
    const file = join(await temporaryFolder(t), 'file');
    await writeFile(file, '');
    const { exit, errors } = startProgram(t, server, '--port', '0', '--folder', file);
    assert.equal(await exit, 2);
    assert.equal(errors.length, 1);
    assert.match(errors[0] ?? '', /^cannot use the folder ".*file": EEXIST/);
  });
});

describe('the programs', () => {
  test('put, list, get and delete files', async (t) => {
    const { address, local, original, content, served, run, line } = await setUp(t, 3 * MIB);
    await writeFile(join(local, 'b.txt'), 'b');
    const put = run(address, 'put', original, join(local, 'b.txt'));
    assert.equal(await put.exit, 0, put.errors.join());
    assert.deepEqual(put.output.toSorted(), ['put a.bin: 3145728 bytes', 'put b.txt: 1 bytes']);
    await line(/^received a\.bin: 3145728 bytes$/);
    assert.deepEqual(await readFile(join(served, 'a.bin')), content);

    await writeFile(join(served, 'c\u202etxt'), 'c', { flag: 'wx' });
    const ls = run(address, 'ls');
    assert.equal(await ls.exit, 0);
    assert.match(ls.output[0] ?? '', /^ +3145728 {2}\d{4}-\S+Z {2}a\.bin$/);
    assert.match(ls.output[1] ?? '', / b\.txt$/);
    // The file's name must not turn around what the terminal shows.
    assert.match(ls.output[2] ?? '', / c\ufffdtxt$/);

    const copy = join(local, 'copy.bin');
    const get = run(address, 'get', 'a.bin', '--output', copy);
    assert.equal(await get.exit, 0, get.errors.join());
    assert.deepEqual(get.output, ['got a.bin: 3145728 bytes']);
    assert.deepEqual(await readFile(copy), content);

    assert.equal(await run(address, 'rm', 'a.bin', 'b.txt', 'c\u202etxt').exit, 0);
    assert.equal((await readdir(served)).join(), '.transfer');
  });
  test('put again what is there already: nothing is sent', async (t) => {
    const { address, original, run } = await setUp(t, MIB);
    assert.equal(await run(address, 'put', original).exit, 0);
    const again = run(address, 'put', original);
    assert.equal(await again.exit, 0);
    assert.deepEqual(again.output, ['put a.bin: 1048576 bytes, was there already']);
  });
  test('read standard input and write standard output', async (t) => {
    const { address, content, run, served } = await setUp(t, 2 * MIB);
    const put = run(address, 'put', '-', '--name', 'in.bin');
    put.child.stdin.end(content);
    assert.equal(await put.exit, 0, put.errors.join());
    assert.deepEqual(await readFile(join(served, 'in.bin')), content);
    const get = run(address, 'get', 'in.bin', '--output', '-');
    const received: Buffer[] = [];
    get.child.stdout.on('data', (data: Buffer) => received.push(data));
    assert.equal(await get.exit, 0);
    assert.deepEqual(Buffer.concat(received), content);
  });
  test('say in one line what cannot work', async (t) => {
    const { address, local, original, run } = await setUp(t, 1);
    const wrong: [string[], number, RegExp][] = [
      [['put', join(local, 'nowhere')], 2, /^cannot use the file: ENOENT.*nowhere/],
      [['put', '-'], 2, /^put - needs --name$/],
      [['put', original, '--name', '../a'], 2, /^"\.\.\/a" cannot be the name .* must not contain \//],
      [['put', original, original], 2, /^two files have the name a\.bin/],
      [['get', 'nothing'], 1, /^NOT_FOUND: there is no file "nothing"$/],
      [['ls', 'a'], 2, /^ls lists all files, and takes no names$/],
      [['get', 'a.bin', '--output', local], 2, /local is a folder$/],
      [['fetch'], 2, /^no command "fetch"; there are: put, get, ls, rm, tour$/],
    ];
    const runs = wrong.map(([args]) => run(address, ...args));
    const exits = await Promise.all(runs.map(({ exit }) => exit));
    for (const [index, [args, exit, message]] of wrong.entries()) {
      assert.equal(exits[index], exit, args.join(' '));
      assert.match(runs[index]?.errors[0] ?? '', message);
      assert.equal(runs[index]?.errors.length, 1, runs[index]?.errors.join('\n'));
    }
  });
});

describe('output that nobody reads any more', () => {
  test('does not end the server', async (t) => {
    const { address, child, original, run } = await setUp(t, 1);
    child.stdout.destroy();
    for (const name of ['a', 'b', 'c']) {
      const put = run(address, 'put', original, '--name', name);
      assert.equal(await put.exit, 0, put.errors.join());
    }
  });
  test('ends a client with 1, without a word', async (t) => {
    const { address, original, run } = await setUp(t, 1);
    assert.equal(await run(address, 'put', original).exit, 0);
    const ls = run(address, 'ls');
    ls.child.stdout.destroy();
    assert.deepEqual([await ls.exit, ls.errors], [1, []]);
  });
  test('does not keep a client that is stopped with Ctrl-C', async (t) => {
    const { address, original, run, line } = await setUp(t, SIZE);
    assert.equal(await run(address, 'put', original).exit, 0);
    const get = run(address, 'get', 'a.bin', '--output', '-');
    await once(get.child.stdout, 'data');
    get.child.stdout.pause();
    get.child.kill('SIGINT');
    const [status] = await once(get.child, 'exit');
    assert.equal(status, 130);
    await line(/^received/);
  });
});

describe('put', () => {
  test('that was stopped with Ctrl-C continues when it is called again', async (t) => {
    const { address, original, content, served, run, line } = await setUp(t, SIZE);
    const relay = await silencedOnTheWay(t, address);
    const put = run(relay.address, 'put', original);
    await relay.silenced();
    put.child.kill('SIGINT');
    assert.equal(await put.exit, 130);
    relay.cut();
    assert.match(put.errors[0] ?? '', /^stopped \(\d+ %, .* of 32\.0 MiB, .*\); the same command continues$/);
    const [, stored] = await line(/^upload of a\.bin stopped at (\d+) bytes: connection to \S+ lost$/);
    const again = run(address, 'put', original);
    assert.equal(await again.exit, 0, again.errors.join());
    assert.deepEqual(again.output, [`put a.bin: ${SIZE} bytes, continued at ${stored}`]);
    assert.ok((await readFile(join(served, 'a.bin'))).equals(content));
  });
});
