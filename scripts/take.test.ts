import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '../tools/cli/src/environment.ts';

const program = fileURLToPath(new URL('./take.ts', import.meta.url));

function emptyFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'take-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function take(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', program, ...args], {
    encoding: 'utf8',
    env: plainEnvironment(),
  });
}

describe('pnpm take', () => {
  test('writes what a pattern needs and nothing else', (t) => {
    const folder = emptyFolder(t);
    const { status } = take('server-stream', join(folder, 'cube'), '--name', '@me/cube');
    assert.equal(status, 0);
    const read = (file: string) => readFileSync(join(folder, 'cube', file), 'utf8');
    const { name, scripts, dependencies } = JSON.parse(read('package.json'));
    assert.equal(name, '@me/cube');
    assert.equal(scripts['server-stream:server'], 'tsx src/server.ts');
    assert.deepEqual(Object.keys(dependencies), ['@grpc/grpc-js', '@grpc/proto-loader', 'commander']);
    assert.match(read('src/server.ts'), /from '\.\/cli\/index\.ts'/);
    assert.match(read('src/cli/run-server.ts'), /from '\.\.\/grpc-iterables\/index\.ts'/);
    assert.doesNotMatch(read('proto/index.ts'), /Greetering|workspace/);
    assert.ok(existsSync(join(folder, 'cube', 'src/pow.test.ts')));
    assert.ok(!existsSync(join(folder, 'cube', 'proto/greetering.proto')));
  });

  test('takes the chapters of a package along, and copies what is not text byte for byte', (t) => {
    const folder = emptyFolder(t);
    assert.equal(take('production', join(folder, 'mine')).status, 0);
    const descriptors = 'reflection/descriptors.binpb';
    const original = readFileSync(new URL(`../packages/production/${descriptors}`, import.meta.url));
    assert.ok(readFileSync(join(folder, 'mine', descriptors)).equals(original));
    assert.ok(existsSync(join(folder, 'mine/auth/auth.test.ts')));
    const { include } = JSON.parse(readFileSync(join(folder, 'mine/tsconfig.json'), 'utf8'));
    assert.ok(include.includes('auth') && include.includes('proto') && !include.includes('README.md'));
  });

  test('never overwrites', (t) => {
    const folder = emptyFolder(t);
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const { status, stderr } = take('server-stream', folder);
    assert.equal(status, 2);
    assert.match(stderr, /is not empty; nothing was written/);
    assert.ok(!existsSync(join(folder, 'package.json')));
  });

  test('names the patterns there are', (t) => {
    const folder = emptyFolder(t);
    const { status, stderr } = take('cube', folder);
    assert.equal(status, 2);
    assert.match(stderr, /no pattern "cube"\n.*\npatterns: .*server-stream/);
  });
});
