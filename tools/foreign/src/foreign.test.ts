import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { listening, startProgram, startServer } from 'cli/testing';
import { startPython, whyNoPython } from './python.ts';

const program = (path: string) => new URL(`../../../packages/${path}.ts`, import.meta.url);
const skip = whyNoPython() ?? false;

describe('a Python client calls our servers', { skip }, () => {
  test('it gets every power, exact, and OUT_OF_RANGE after the last one that fits', async (t) => {
    const { address } = await startServer(t, program('server-stream/src/server'));
    const powers = startPython(t, 'client', address, 'pow', '-3');
    assert.equal(await powers.exit, 0);
    assert.deepEqual(powers.output.slice(-2), ['6561', '-19683']);
    const tooLarge = startPython(t, 'client', address, 'pow', '9223372036854775807');
    assert.equal(await tooLarge.exit, 1);
    assert.deepEqual(tooLarge.output.slice(0, 2), ['1', '9223372036854775807']);
    assert.match(tooLarge.output[2] ?? '', /^OUT_OF_RANGE: 9223372036854775807 \*\* 2/);
  });
  test('it gets the sum; when it cancels, nothing is summed', async (t) => {
    const { address, line, output } = await startServer(t, program('client-stream/src/server'));
    const sum = startPython(t, 'client', address, 'sum', '9223372036854775806', '1');
    assert.equal(await sum.exit, 0);
    assert.deepEqual(sum.output, ['9223372036854775807']);
    const cancelled = startPython(t, 'client', address, 'cancelled-sum', '1', '2', '3');
    await line(/^cancelled after 3 numbers, nothing summed$/);
    assert.equal(await cancelled.exit, 1);
    assert.equal(output.filter((text) => text.startsWith('sum of')).length, 1);
  });
  test('it gets a root for each number, or the reason why there is no root', async (t) => {
    const { address } = await startServer(t, program('bidi-stream/src/server'));
    const roots = startPython(t, 'client', address, 'sqrt', '4', '2', '-1', '9');
    assert.equal(await roots.exit, 1);
    assert.deepEqual(roots.output, [
      '2.0',
      '1.4142135623730951',
      'INVALID_ARGUMENT: number 3 of the stream: -1 has no square root',
    ]);
  });
  test('it gets greetings in all four kinds of call, and reads rich details', async (t) => {
    const { address } = await startServer(t, program('errors/src/server'));
    const greeted = startPython(t, 'client', address, 'greet', 'Ann', 'Bob');
    assert.equal(await greeted.exit, 0);
    assert.deepEqual(greeted.output.slice(0, 2), ['Hello, Ann!', 'This is 10 Msg']);
    assert.deepEqual(greeted.output.slice(-3), ['Hello, Ann and Bob!', 'Hello, Ann!', 'Hello, Bob!']);
    const refused = startPython(t, 'client', address, 'greet', '');
    assert.equal(await refused.exit, 1);
    assert.deepEqual(refused.output, [
      'INVALID_ARGUMENT: this name cannot be greeted',
      'name: must not be empty',
    ]);
  });
});

describe('gRPC by hand and Python', { skip }, () => {
  test('a Python client gets answers and errors, and its cancelled upload is never summed', async (t) => {
    const { address } = await startServer(t, program('by-hand/src/server'));
    const powers = startPython(t, 'client', address, 'pow', '9223372036854775807');
    const sum = startPython(t, 'client', address, 'sum', '9223372036854775806', '1');
    const roots = startPython(t, 'client', address, 'sqrt', '4', '9');
    const cancelled = startPython(t, 'client', address, 'cancelled-sum', '1', '2', '3');
    const exits = await Promise.all([powers.exit, sum.exit, roots.exit, cancelled.exit]);
    assert.deepEqual(exits, [1, 0, 0, 1]);
    assert.match(powers.output.at(-1) ?? '', /^OUT_OF_RANGE: 9223372036854775807 \*\* 2/);
    assert.deepEqual(sum.output, ['9223372036854775807']);
    assert.deepEqual(roots.output, ['2.0', '3.0']);
  });
  test('a client by hand gets answers and errors from a Python server', async (t) => {
    const { address } = await listening(startPython(t, 'server', '0'));
    const client = (...args: string[]) =>
      startProgram(t, program('by-hand/src/client'), '--address', address, ...args);
    const pow = client('pow', '2');
    const sum = client('sum', '1', '3');
    const sqrt = client('sqrt', '9', '-1');
    assert.deepEqual(await Promise.all([pow.exit, sum.exit, sqrt.exit]), [0, 0, 1]);
    assert.equal(pow.output.at(-1), '512');
    assert.deepEqual(sum.output, ['4']);
    assert.deepEqual(sqrt.output, ['3']);
    assert.deepEqual(sqrt.errors, ['INVALID_ARGUMENT: -1.0 has no root here']);
  });
});

describe('a Python client in the chat', { skip }, () => {
  test('it exchanges messages with ours, also with the same name, and leaves with its half-close', async (t) => {
    const { address } = await startServer(t, program('chat/src/server'));
    const ours = startProgram(t, program('chat/src/client'), '--address', address, '--name', 'Ann');
    await ours.line(/^\* joined/);
    const python = startPython(t, 'client', address, 'chat', 'Guido');
    await python.line(/^in the chat$/);
    python.child.stdin.write('hello\n');
    await ours.line(/^Guido: hello$/);
    ours.child.stdin.write('hello yourself\n');
    await python.line(/^Ann: hello yourself$/);
    const other = startPython(t, 'client', address, 'chat', 'Guido');
    await other.line(/^in the chat$/);
    other.child.stdin.end('me too\n');
    await ours.line(/^Guido \(\w{8}\): me too$/);
    await python.line(/^Guido: me too$/);
    python.child.stdin.end();
    assert.deepEqual(await Promise.all([python.exit, other.exit]), [0, 0]);
    ours.child.stdin.write('/who\n');
    await ours.line(/^\* here: Ann$/);
  });
  test('it learns why it is refused', async (t) => {
    const { address } = await startServer(t, program('chat/src/server'));
    const python = startPython(t, 'client', address, 'chat', '');
    assert.equal(await python.exit, 1);
    assert.equal(python.output.at(-2), 'INVALID_ARGUMENT: name must not be empty');
    assert.equal(python.output.at(-1), 'name: must not be empty');
  });
});

describe('a Python client of file transfer', { skip }, () => {
  test('it uploads in two calls, downloads the file, and learns that another file does not exist', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'foreign-files-'));
    t.after(() => rm(folder, { recursive: true }));
    const [original, copy] = [join(folder, 'original'), join(folder, 'copy')];
    await writeFile(original, randomBytes(1_000_000));
    const { address } = await startServer(t, program('file-transfer/src/server'));
    const some = startPython(t, 'client', address, 'put', original, 'a.bin', '300000');
    assert.equal(await some.exit, 0, some.errors.join('\n'));
    assert.deepEqual(some.output, ['from 0: 300000 bytes, not complete']);
    const rest = startPython(t, 'client', address, 'put', original, 'a.bin');
    assert.equal(await rest.exit, 0, rest.errors.join('\n'));
    assert.deepEqual(rest.output, ['from 300000: 1000000 bytes, complete']);
    const got = startPython(t, 'client', address, 'get', 'a.bin', copy);
    assert.equal(await got.exit, 0, got.errors.join('\n'));
    assert.deepEqual(got.output, ['right']);
    assert.ok((await readFile(copy)).equals(await readFile(original)));
    const missing = startPython(t, 'client', address, 'get', 'b.bin', copy);
    assert.equal(await missing.exit, 1);
    assert.deepEqual(missing.output, ['NOT_FOUND: there is no file "b.bin"']);
  });
});

describe('a Python client of watch', { skip }, () => {
  test('it puts keys, and gets the state and then each change once, over several calls', async (t) => {
    const { address } = await startServer(t, program('watch/src/server'));
    const put = async (...args: string[]) =>
      assert.equal(await startPython(t, 'client', address, ...args).exit, 0);
    await put('put-key', 'a/1', 'one');
    const watching = startPython(t, 'client', address, 'watch', 'a/', '4');
    await watching.line(/^2 is the state$/);
    const ours = startProgram(
      t,
      program('watch/src/client'),
      '--address',
      address,
      'put',
      ...['a/2', 'two', 'a/3', 'three'],
    );
    assert.equal(await ours.exit, 0);
    const remove = startProgram(t, program('watch/src/client'), '--address', address, 'rm', 'a/1');
    assert.equal(await remove.exit, 0);
    assert.equal(await watching.exit, 0);
    assert.deepEqual(watching.output, [
      '2 a/1 one',
      '2 is the state',
      '3 a/2 two',
      '3 a/3 three',
      '4 a/1 deleted',
    ]);
  });
});

describe('our clients call a Python server', { skip }, () => {
  test('they print the powers, the sum and the roots', async (t) => {
    const { address } = await listening(startPython(t, 'server', '0'));
    const pow = startProgram(
      t,
      program('server-stream/src/client'),
      '--address',
      address,
      '-2',
      '--count',
      '3',
    );
    const sum = startProgram(t, program('client-stream/src/client'), '--address', address, '1', '-3');
    const sqrt = startProgram(t, program('bidi-stream/src/client'), '--address', address, '9', '16');
    assert.deepEqual(await Promise.all([pow.exit, sum.exit, sqrt.exit]), [0, 0, 0]);
    assert.deepEqual(pow.output, ['Recv data:1', 'Recv data:-2', 'Recv data:4', 'server closed']);
    assert.deepEqual(sum.output, ['sum: -2']);
    assert.deepEqual(sqrt.output, ['Recv Data:3', 'Recv Data:4', 'Server Closed']);
  });
  test('they print its refusals, and cancel on Ctrl-C', async (t) => {
    const { address } = await listening(startPython(t, 'server', '0'));
    const refused = startProgram(t, program('bidi-stream/src/client'), '--address', address, '4', '-1');
    assert.equal(await refused.exit, 1);
    assert.deepEqual(refused.output, ['Recv Data:2']);
    assert.deepEqual(refused.errors, ['INVALID_ARGUMENT: -1.0 has no root here']);
    const interrupted = startProgram(t, program('bidi-stream/src/client'), '--address', address, '-');
    interrupted.child.stdin.write('4\n');
    await interrupted.line(/^Recv Data:2$/);
    interrupted.child.kill('SIGINT');
    assert.equal(await interrupted.exit, 130);
  });
});

describe('with the default ports', { skip }, () => {
  for (const [name, args, last] of [
    ['server-stream', ['pow', '2'], '512'],
    ['client-stream', ['sum', '1', '2'], '3'],
    ['bidi-stream', ['sqrt', '9'], '3.0'],
    ['errors', ['greet', 'Ann'], 'Hello, Ann!'],
    ['chat', ['chat', 'Guido'], 'in the chat'],
    ['watch', ['put-key', 'a', '1'], 'revision 2'],
  ] as const) {
    test(`${name} listens on its default port`, async (t) => {
      const { address } = await listening(startProgram(t, program(`${name}/src/server`)));
      const ports = {
        'server-stream': 8082,
        'client-stream': 8081,
        'bidi-stream': 8083,
        errors: 8084,
        chat: 5000,
        watch: 8087,
      };
      assert.equal(address, `127.0.0.1:${ports[name]}`);
      const client = startPython(t, 'client', address, ...args);
      client.child.stdin.end();
      assert.equal(await client.exit, 0);
      assert.equal(client.output.at(-1), last);
    });
  }
});
