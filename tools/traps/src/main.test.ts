import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { traps } from './all.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

test('without an argument every trap is listed with its number', () => {
  const { status, stdout } = run();
  assert.equal(status, 0);
  const lines = stdout.trimEnd().split('\n');
  assert.equal(lines.length, traps.length);
  for (const [index, { name, title }] of traps.entries()) {
    assert.match(lines[index] ?? '', new RegExp(`^${index + 1} +${name} `));
    assert.ok(lines[index]?.endsWith(title));
  }
});

test('a number or a name chooses a trap; both versions are printed, and the process ends by itself', () => {
  const byNumber = run('16');
  const byName = run('cancelled-after-success');
  assert.equal(byNumber.status, 0, byNumber.stderr);
  assert.match(byNumber.stdout, /^bare grpc-js: 50 of 50 .*\n {2}client: .*\n {2}server: /m);
  assert.match(byNumber.stdout, /^grpc-iterables: 0 of 50 .*\n {2}client: .*\n {2}server: /m);
  assert.equal(byName.stdout, byNumber.stdout);
});

test('an unknown trap is refused with a hint', () => {
  const { status, stderr } = run('99');
  assert.equal(status, 2);
  assert.match(stderr, /no trap "99".*pnpm traps/);
});
